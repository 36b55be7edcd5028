package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.system.Students.Check;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubAnswer;
import io.gradelane.testkit.StubFault;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server does wrong is made good on another; what a client does wrong is told him once. */
final class ServerFaultsTest {

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe bad = StubJobe.start(vertx)
      .taking(Duration.ofMillis(20))
      .spoilOnly(spec -> !StubAnswer.isProbe(spec));
  private final StubJobe good = StubJobe.start(vertx).taking(Duration.ofMillis(20));
  private final Students students = new Students();

  @AfterEach
  void stop() {
    students.close();
    Blocking.get(vertx.close());
  }

  @ParameterizedTest
  @EnumSource(
      value = StubFault.class,
      names = {"WALL_TIME", "SERVER_EXCEPTION", "BAD_REQUEST"},
      mode = EnumSource.Mode.EXCLUDE)
  void aFaultyAnswerReachesNobody(StubFault fault) {
    try (GatewayFixture gateway = twoServers(4, 4)) {
      bad.spoilNext(fault, 1);
      assertThat(students.all(8, gateway.client(), 1).results()).allMatch(Check::right);
      assertThat(bad.counts().runs() + good.counts().runs())
          .as("8 runs, one of them twice, and what files and probes cost")
          .isGreaterThanOrEqualTo(9);
      assertThat(bad.counts().mostInFlight()).isLessThanOrEqualTo(4);
    }
  }

  @Test
  void aVerdictThatLoadMayHaveCausedIsLookedAtAgainInQuiet() {
    try (GatewayFixture gateway = twoServers(8, 1);
        Students first = new Students()) {
      assertThat(first.all(200, gateway.client(), 0).results()).allMatch(Check::right);
      int before = executed();
      bad.holdReplies().wallTimeNext(1);
      students.all(16, gateway.client(), 0);
      Eventually.await("more than one runs there", () -> bad.held() > 1);
      bad.releaseAll();
      assertThat(students.results()).allMatch(Check::right);
      assertThat(executed() - before).as("one of them ran twice").isEqualTo(17);
    }
  }

  private int executed() {
    return bad.counts().executed() + good.counts().executed();
  }

  @ParameterizedTest
  @EnumSource(
      value = StubFault.class,
      names = {"SERVER_EXCEPTION", "BAD_REQUEST"})
  void aClientsMistakeIsTriedOnceOnly(StubFault fault) {
    bad.spoilNext(fault, 1);
    try (GatewayFixture gateway = GatewayFixture.start(new GatewayFixture.Plan().server(bad, 4))) {
      int before = bad.counts().runs();
      Execution answer = gateway.client().execute(Students.task(1, 0));
      assertThat(answer.status()).isEqualTo(fault == StubFault.BAD_REQUEST ? 400 : 500);
      assertThat(answer.body()).startsWith("\"").endsWith("\"");
      assertThat(bad.counts().runs() - before).isEqualTo(1);
      assertThat(gateway.client().execute(Students.task(2, 0)).outcome()).isEqualTo(15);
      gateway.awaitReady("s1");
    }
  }

  @Test
  void aServerThatLosesItsFilesGetsThemAgainUnderTheSamePermit() {
    bad.taking(Duration.ZERO);
    try (GatewayFixture gateway = GatewayFixture.start(new GatewayFixture.Plan().server(bad, 2))) {
      students.all(20, gateway.client(), 2);
      students.results();
      int put = bad.counts().filesPut();
      bad.forgetFiles();
      Students again = new Students();
      assertThat(again.all(20, gateway.client(), 2).results()).allMatch(Check::right);
      again.close();
      assertThat(bad.counts().filesPut()).isGreaterThanOrEqualTo(put + 40);
      assertThat(bad.counts().mostInFlight()).isLessThanOrEqualTo(2);
    }
  }

  private GatewayFixture twoServers(int slots, int cores) {
    return GatewayFixture.start(
        new GatewayFixture.Plan().server(bad, slots, cores).server(good, slots, cores));
  }
}
