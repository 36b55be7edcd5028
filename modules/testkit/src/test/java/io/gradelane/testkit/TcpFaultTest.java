package io.gradelane.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TcpFaultTest {

  private static final Task HELLO = new Task("c", "int main() { return 0; }");

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final TcpFault relay = TcpFault.before(stub.port());
  private final CodeRunnerClient client =
      new CodeRunnerClient(URI.create("http://127.0.0.1:" + relay.port()));

  @AfterEach
  void stop() {
    relay.close();
    stub.close();
    Blocking.get(vertx.close());
  }

  @Test
  void passesBytesInSlicesAndLate() {
    relay.slice(7).delay(Duration.ofMillis(1));
    assertThat(client.execute(HELLO).stdout()).isEqualTo(HELLO.expectedEcho());
  }

  @Test
  void cutsAnswersInTheMiddle() {
    relay.cutAnswersAfter(30);
    Execution cut = client.execute(HELLO);
    assertThat(cut.status()).isZero();
    relay.cutAnswersAfter(Long.MAX_VALUE);
    assertThat(client.execute(HELLO).status()).isEqualTo(200);
  }

  @Test
  void refusesConnectionsUntilToldOtherwise() {
    relay.refuse(true);
    assertThat(client.execute(HELLO).status()).isZero();
    relay.refuse(false);
    assertThat(client.execute(HELLO).status()).isEqualTo(200);
  }

  @Test
  void swallowsWhatIsOpenForGood() throws IOException {
    try (Socket early = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
      Eventually.await("it is relayed", () -> relay.open() == 1);
      relay.swallow(true).swallow(false);
      ask(early);
      assertThat(client.execute(HELLO).status()).isEqualTo(200);
      early.setSoTimeout(1);
      assertThatThrownBy(() -> early.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  private static void ask(Socket socket) throws IOException {
    socket
        .getOutputStream()
        .write("GET /jobe/index.php/restapi/languages HTTP/1.1\r\nHost: stub\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
  }
}
