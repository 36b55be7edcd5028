package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.system.Students.Check;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More runs than slots: they wait, and are refused only when their patience ends. */
final class OverloadTest {

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final Students students = new Students();

  @AfterEach
  void stop() {
    stub.releaseAll();
    students.close();
    Blocking.get(vertx.close());
  }

  @Test
  void aBurstCostsWaitingAndNoErrors() {
    stub.slots(10).taking(Duration.ofMillis(20));
    try (GatewayFixture gateway =
        GatewayFixture.start(new GatewayFixture.Plan().server(stub, 10))) {
      List<Check> checks = students.all(200, gateway.client(), 0).results();
      System.out.println("burst of 200 on 10 slots of 20 ms: " + Students.times(checks));
      assertThat(checks).allMatch(Check::right);
      assertThat(stub.counts().overloads()).isZero();
      assertThat(stub.counts().mostInFlight()).isEqualTo(10);
    }
  }

  @Test
  void aRunThatCanNotStartInItsTimeIsAnsweredAsJobeAnswersOverload() {
    try (GatewayFixture gateway = GatewayFixture.start(
        new GatewayFixture.Plan().server(stub, 1).patience(Duration.ofSeconds(2)))) {
      stub.holdReplies();
      students.check(gateway.client(), Students.task(0, 0));
      Eventually.await("one runs", () -> stub.held() == 1);
      assertThat(gateway.client().execute(Students.task(1, 0)).body())
          .isEqualTo(
              "{\"run_id\":\"0\",\"outcome\":21,\"cmpinfo\":\"\",\"stdout\":\"\",\"stderr\":\"\"}");
      stub.releaseAll();
      assertThat(students.results()).allMatch(Check::right);
    }
  }

  @Test
  void aWaitingRunWhoseCallerHangsUpIsNeverStarted() throws IOException {
    try (GatewayFixture gateway = GatewayFixture.start(new GatewayFixture.Plan().server(stub, 1))) {
      stub.holdReplies();
      int before = stub.counts().executed();
      students.check(gateway.client(), Students.task(0, 0));
      Eventually.await("one runs", () -> stub.held() == 1);
      List<Socket> impatient = new ArrayList<>();
      for (int i = 1; i <= 20; i++) {
        impatient.add(gateway.client().begin(Students.task(i, 0)));
      }
      awaitDepth(gateway, 20);
      for (Socket socket : impatient) {
        socket.close();
      }
      awaitDepth(gateway, 0);
      stub.releaseAll();
      Task last = Students.task(99, 0);
      assertThat(gateway.client().execute(last).stdout()).isEqualTo(last.expectedEcho());
      assertThat(students.results()).allMatch(Check::right);
      assertThat(stub.counts().executed() - before).isEqualTo(2);
    }
  }

  @Test
  void aRunningOneKeepsItsPermitUntilItsServerAnswers() throws IOException {
    try (GatewayFixture gateway = GatewayFixture.start(new GatewayFixture.Plan().server(stub, 2))) {
      stub.holdReplies();
      List<Socket> gone = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        gone.add(gateway.client().begin(Students.task(i, 0)));
      }
      Eventually.await("two run", () -> stub.held() == 2);
      for (Socket socket : gone) {
        socket.close();
      }
      students.all(10, gateway.client(), 0);
      awaitDepth(gateway, 10);
      assertThat(stub.held()).isEqualTo(2);
      stub.releaseAll();
      assertThat(students.results()).allMatch(Check::right);
      assertThat(stub.counts().mostInFlight()).isEqualTo(2);
    }
  }

  @Test
  void refusalsByAServerThatHasLessThanItSaysReachNobody() {
    stub.slots(3).taking(Duration.ofMillis(10));
    StubJobe other = StubJobe.start(vertx).taking(Duration.ofMillis(10));
    try (GatewayFixture gateway =
        GatewayFixture.start(new GatewayFixture.Plan().server(stub, 8).server(other, 8))) {
      assertThat(students.all(100, gateway.client(), 0).results()).allMatch(Check::right);
      assertThat(stub.counts().overloads()).isPositive();
      assertThat(other.counts().mostInFlight()).isLessThanOrEqualTo(8);
    }
  }

  private static void awaitDepth(GatewayFixture gateway, int depth) {
    Eventually.await(
        depth + " wait", () -> gateway.meter("gradelane.lane.depth", "lane", "default") == depth);
  }
}
