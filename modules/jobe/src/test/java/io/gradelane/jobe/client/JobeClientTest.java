package io.gradelane.jobe.client;

import static io.gradelane.jobe.client.RawServer.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gradelane.core.server.ServerSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class JobeClientTest {

  private static final Duration LONG = Duration.ofSeconds(15);
  private static final Buffer SPEC = Buffer.buffer("{\"run_spec\":{\"language_id\":\"c\"}}");
  private static final CallContext CONTEXT =
      new CallContext("request-1", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "77");

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicLong skipped = new AtomicLong();
  private JobeClient client;
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RawServer(vertx);
    client = new JobeClient(vertx, () -> System.nanoTime() + skipped.get());
  }

  @AfterEach
  void close() throws Exception {
    Waiting.on(context, client::close);
    Waiting.on(vertx.close());
  }

  @Test
  void sendsTheBodyAsItIsWithTheHeadersThatJobeAndTheLogsNeed() throws Exception {
    serve((socket, count) -> socket.write(ok("{\"outcome\":15}")));
    JobeReply reply = run(LONG);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.contentType()).isEqualTo("application/json");
    assertThat(reply.body()).hasToString("{\"outcome\":15}");
    assertThat(server.requests.getFirst())
        .startsWith("POST /jobe/index.php/restapi/runs HTTP/1.1\r\n")
        .endsWith("\r\n\r\n" + SPEC)
        .containsIgnoringCase("\r\nhost: 127.0.0.1:" + server.port() + "\r\n")
        .containsIgnoringCase("\r\ncontent-length: " + SPEC.length() + "\r\n")
        .containsIgnoringCase("\r\ncontent-type: application/json; charset=utf-8\r\n")
        .containsIgnoringCase("\r\nx-api-key: secret\r\n")
        .containsIgnoringCase("\r\nx-request-id: request-1\r\n")
        .containsIgnoringCase("\r\ntraceparent: " + CONTEXT.traceparent() + "\r\n")
        .containsIgnoringCase("\r\nx-coderunner-job-id: 77\r\n")
        .doesNotContainIgnoringCase("encoding");
  }

  @Test
  void aValueThatNoHeaderCanHaveFailsTheCallAtOnce() throws Exception {
    serve((socket, count) -> socket.write(ok("{}")));
    ServerSpec known = spec();
    ServerSpec wrong = new ServerSpec(
        known.id(), known.url(), "two\nlines", known.slots(), known.cores(), 1, Map.of());

    Throwable failure = Waiting.on(
        context,
        () -> client
            .languages(wrong, LONG)
            .<Throwable>map(languages -> new AssertionError("sent"))
            .otherwise(cause -> cause));

    assertThat(failure).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void putsAFileAsBase64() throws Exception {
    serve((socket, count) -> socket.write("HTTP/1.1 204 No Content\r\n\r\n"));
    JobeReply reply = Waiting.on(
        context,
        () -> client.putFile(spec(), "0123", Buffer.buffer(new byte[] {0, -1, 65}), CONTEXT, LONG));
    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.contentType()).isNull();
    assertThat(reply.body().length()).isZero();
    assertThat(server.requests.getFirst())
        .startsWith("PUT /jobe/index.php/restapi/files/0123 HTTP/1.1\r\n")
        .endsWith("\r\n\r\n{\"file_contents\":\"AP9B\"}");
  }

  @Test
  void readsTheLanguagesInTheServersOrder() throws Exception {
    serve((socket, count) ->
        socket.write(ok("[[\"python3\",\"3.11.2\"],[\"C\",\"12.2.0\"],[\"php\",\"Unknown\"]]")));
    Map<String, String> languages = languages();
    assertThat(languages)
        .containsExactly(
            Map.entry("python3", "3.11.2"), Map.entry("c", "12.2.0"), Map.entry("php", "Unknown"));
  }

  @Test
  void takesNothingElseForAListOfLanguages() throws Exception {
    List<String> answers = List.of("[]", "{}", "[[\"c\"]]", "[[1,2]]", "[\"c\"]", "<html>");
    serve((socket, count) -> socket.write(ok(answers.get(count - 1))));
    for (String answer : answers) {
      assertThat(lost(this::languages).word()).as(answer).isEqualTo(JobeLost.GARBAGE);
    }
  }

  @Test
  void saysTheStatusOfAServerThatTellsNoLanguages() throws Exception {
    serve((socket, count) ->
        socket.write("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"));
    assertThat(lost(this::languages).word()).isEqualTo("status 503");
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    serve((socket, count) -> socket.write(ok("1", "Keep-Alive: timeout=5, max=100\r\n")));
    for (int i = 0; i < 5; i++) {
      run(LONG);
    }
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void neverUsesAConnectionThatAnApacheIsAboutToClose() throws Exception {
    serve((socket, count) -> socket.write(ok("1", "Keep-Alive: timeout=5, max=100\r\n")));
    run(LONG);
    skipped.addAndGet(Duration.ofMillis(4_001).toNanos());
    run(LONG);
    assertThat(server.connections).hasValue(2);
  }

  @Test
  void closesAConnectionThatNobodyUses() throws Exception {
    serve((socket, count) -> socket.write(ok("1")));
    run(LONG);
    skipped.addAndGet(Duration.ofMillis(4_001).toNanos());
    assertThat(server.oneHasClosed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void opensAnotherConnectionWhenTheServerHasClosedTheIdleOne() throws Exception {
    serve((socket, count) -> socket.end(Buffer.buffer(ok("1", "Connection: close\r\n"))));
    run(LONG);
    run(LONG);
    assertThat(server.connections).hasValue(2);
  }

  @Test
  void aServerThatClosesWithoutSayingSoLosesAtMostTheCallThatWasOnItsWay() throws Exception {
    serve((socket, count) -> {
      if (count == 1) {
        socket.write(ok("1"));
      } else if (count == 2) {
        socket.close();
      } else {
        socket.write(ok("3"));
      }
    });
    run(LONG);
    JobeLost lost = lost(() -> run(LONG));
    assertThat(lost.word()).isEqualTo(JobeLost.RESET);
    assertThat(lost.sent()).isTrue();
    assertThat(run(LONG).body()).hasToString("3");
    assertThat(server.requests).as("nothing is sent twice").hasSize(3);
  }

  @Test
  void runsManyAtOnceEachOnItsOwnConnection() throws Exception {
    List<NetSocket> held = new ArrayList<>();
    serve((socket, count) -> {
      held.add(socket);
      if (held.size() == 40) {
        held.forEach(each -> each.write(ok("1")));
      }
    });
    List<Future<JobeReply>> calls = new ArrayList<>();
    Waiting.on(context, () -> {
      for (int i = 0; i < 40; i++) {
        calls.add(client.run(spec(), SPEC, CONTEXT, LONG));
      }
      return Future.all(calls);
    });
    assertThat(server.connections).hasValue(40);
    assertThat(calls).allMatch(Future::succeeded);
  }

  @Test
  void refusedMeansThatNothingWasSent() throws Exception {
    serve((socket, count) -> {});
    server.stop();
    JobeLost lost = lost(() -> run(LONG));
    assertThat(lost.word()).isEqualTo(JobeLost.REFUSED);
    assertThat(lost.sent()).isFalse();
    assertThat(lost.getStackTrace()).isEmpty();
  }

  @Test
  void anUnknownNameIsRefusedToo() throws Exception {
    ServerSpec nowhere =
        new ServerSpec("gone", URI.create("http://nowhere.invalid:80"), null, 2, 1, 1, Map.of());
    JobeLost lost = lost(() -> Waiting.on(context, () -> client.run(nowhere, SPEC, CONTEXT, LONG)));
    assertThat(lost.sent()).isFalse();
  }

  @Test
  void aResetBeforeTheAnswerIsLost() throws Exception {
    serve((socket, count) -> socket.close());
    assertThat(lost(() -> run(LONG)).word()).isEqualTo(JobeLost.RESET);
  }

  @Test
  void halfAnAnswerIsLost() throws Exception {
    serve((socket, count) ->
        socket.end(Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"outc")));
    assertThat(lost(() -> run(LONG)).word()).isEqualTo(JobeLost.RESET);
  }

  @Test
  void halfAChunkedAnswerIsLost() throws Exception {
    serve((socket, count) -> socket.end(
        Buffer.buffer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"out\r\n")));
    assertThat(lost(() -> run(LONG)).word()).isEqualTo(JobeLost.RESET);
  }

  @Test
  void garbageIsLost() throws Exception {
    List<String> answers = List.of(
        "220 mail.example.org ESMTP\r\n\r\n",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "HTTP/1.1 200 OK\r\nX: " + "y".repeat(20_000) + "\r\n\r\n");
    serve((socket, count) -> socket.write(answers.get(count - 1)));
    for (String answer : answers) {
      JobeLost lost = lost(() -> run(LONG));
      assertThat(lost.word()).as(answer.substring(0, 22)).isIn(JobeLost.GARBAGE, JobeLost.RESET);
      assertThat(lost.sent()).isTrue();
    }
    assertThat(server.connections).as("a garbled connection is not used again").hasValue(4);
  }

  @Test
  void aSilentServerIsGivenUpAndItsConnectionClosed() throws Exception {
    assertThat(lost(() -> run(Duration.ofMillis(100))).word()).isEqualTo(JobeLost.TIMEOUT);
    assertThat(server.oneHasClosed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aServerThatDripsIsGivenUpToo() throws Exception {
    serve((socket, count) -> {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
      vertx.setPeriodic(20, timer -> socket.write("x"));
    });
    assertThat(lost(() -> run(Duration.ofMillis(300))).word()).isEqualTo(JobeLost.TIMEOUT);
  }

  @Test
  void anAnswerInManyPiecesIsPutTogether() throws Exception {
    String whole = "0123456789".repeat(30_000);
    serve((socket, count) -> {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n");
      for (int i = 0; i < 300_000; i += 50_000) {
        socket.write(whole.substring(i, i + 50_000));
      }
    });
    assertThat(run(LONG).body().toString().equals(whole)).isTrue();
  }

  @Test
  void anEndlessAnswerIsCutOff() throws Exception {
    Buffer megabyte = Buffer.buffer(new byte[1 << 20]);
    serve((socket, count) -> {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      pour(socket, megabyte);
    });
    assertThat(lost(() -> run(LONG)).word()).isEqualTo(JobeLost.TOO_LARGE);
  }

  @Test
  void errorStatusesAreAnswersLikeAnyOther() throws Exception {
    serve((socket, count) ->
        socket.write("HTTP/1.1 500 Internal Server Error\r\nContent-Length: 2\r\n\r\n\"\""));
    JobeReply reply = run(LONG);
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.body()).hasToString("\"\"");
  }

  @Test
  void closingBreaksOffWhatIsUnderWay() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    serve((socket, count) -> arrived.countDown());
    Future<JobeReply> call =
        Waiting.on(context, () -> Future.succeededFuture(client.run(spec(), SPEC, CONTEXT, LONG)));
    assertThat(arrived.await(20, TimeUnit.SECONDS)).isTrue();
    Waiting.on(context, client::close);
    assertThat(lost(() -> Waiting.on(call)).word()).isEqualTo(JobeLost.CLOSED);
  }

  private static void pour(NetSocket socket, Buffer piece) {
    socket.write(piece).onSuccess(written -> pour(socket, piece));
  }

  private void serve(BiConsumer<NetSocket, Integer> answer) {
    server.answer = answer;
  }

  private ServerSpec spec() {
    return new ServerSpec(
        "one", URI.create("http://127.0.0.1:" + server.port()), "secret", 2, 1, 1, Map.of());
  }

  private JobeReply run(Duration timeout) throws Exception {
    return Waiting.on(context, () -> client.run(spec(), SPEC, CONTEXT, timeout));
  }

  private Map<String, String> languages() throws Exception {
    return Waiting.on(context, () -> client.languages(spec(), LONG));
  }

  private interface Attempt {
    Object call() throws Exception;
  }

  private static JobeLost lost(Attempt attempt) {
    return catchThrowableOfType(JobeLost.class, attempt::call);
  }
}
