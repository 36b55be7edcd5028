package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.health.Calibration.Advice;
import io.gradelane.health.Calibration.Options;
import io.gradelane.health.Calibration.Report;
import io.gradelane.health.Calibration.Step;
import io.gradelane.health.ClosedLoop.End;
import io.gradelane.health.ClosedLoop.Sample;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CalibrationTest {

  private static final Options SHORT =
      new Options(Duration.ofMillis(30), 16, Duration.ofSeconds(15));

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Blocking.get(vertx.close());
  }

  private static Step step(int inFlight, double perSecond) {
    return step(inFlight, perSecond, 0);
  }

  private static Step step(int inFlight, double perSecond, int refused) {
    return new Step(inFlight, 100, refused, 0, perSecond, 100, 200);
  }

  @Test
  void advisesTheSmallestNumberThatIsNearlyAsFastAsTheBest() {
    List<Step> steps =
        List.of(step(1, 6.2), step(2, 11.5), step(4, 15.1), step(8, 15.7), step(16, 14.2));
    assertThat(Calibration.advice(steps)).contains(new Advice(4, 2));
  }

  @Test
  void aServerWithOneCoreDeservesOneSlot() {
    assertThat(Calibration.advice(List.of(step(1, 6), step(2, 6.1), step(4, 5.9))))
        .contains(new Advice(1, 1));
  }

  @Test
  void neverAdvisesANumberAtWhichSomethingWasRefused() {
    assertThat(Calibration.advice(List.of(step(1, 6), step(2, 12), step(4, 24, 1))))
        .contains(new Advice(2, 1));
    assertThat(Calibration.advice(List.of(step(1, 6, 1)))).isEmpty();
    assertThat(Calibration.advice(List.of())).isEmpty();
  }

  @Test
  void goesOnWhileItGrowsAndForTwoStepsMore() {
    List<Step> steps = new ArrayList<>(List.of(step(1, 6)));
    assertThat(Calibration.isEnough(steps)).isFalse();
    steps.add(step(2, 6.1));
    assertThat(Calibration.isEnough(steps)).as("one step without growth").isFalse();
    steps.add(step(4, 6.2));
    assertThat(Calibration.isEnough(steps)).as("two").isTrue();
    steps.set(2, step(4, 11));
    assertThat(Calibration.isEnough(steps)).isFalse();
  }

  @Test
  void stopsWhereSomethingIsRefused() {
    assertThat(Calibration.isEnough(List.of(step(1, 6), step(2, 12, 1)))).isTrue();
  }

  @Test
  void countsEachPlacesOwnRate() {
    List<Sample> samples = List.of(
        new Sample(0, 500_000_000L, 500, End.RIGHT),
        new Sample(1, 800_000_000L, 800, End.RIGHT),
        new Sample(0, 1_000_000_000L, 500, End.RIGHT),
        new Sample(1, 2_000_000_000L, 1200, End.REFUSED));
    Step step = ClosedLoop.step(2, samples);
    assertThat(step.perSecond()).isCloseTo(2.0 + 0.5, within(1e-9));
    assertThat(step.right()).isEqualTo(3);
    assertThat(step.refused()).isEqualTo(1);
    assertThat(step.p50Millis()).isEqualTo(500);
    assertThat(step.p95Millis()).isEqualTo(800);
  }

  @Test
  void showsATableAndSaysWhatToSet() {
    String text =
        Report.of("http://jobe", "python3", List.of(step(1, 6.2), step(2, 6.1))).asText();
    assertThat(text)
        .contains("http://jobe, a tiny python3 program")
        .contains("         1      6.2      100      200         0       0")
        .contains("Set slots: 1 and cores: 1 for this server: more at once only wait longer");
  }

  @Test
  void saysWhyNotMore() {
    assertThat(Report.of("http://jobe", "c", List.of(step(1, 6), step(2, 12))).asText())
        .contains("Set slots: 2")
        .contains("the rate still grew");
    assertThat(Report.of("http://jobe", "c", List.of(step(1, 6), step(2, 7, 3))).asText())
        .contains("Set slots: 1")
        .contains("with 2 at once it refused some");
  }

  @Test
  void saysSoIfNothingRanWell() {
    assertThat(Report.of("http://jobe", "c", List.of(step(1, 0, 1))).asText())
        .contains("nothing to advise");
  }

  @Test
  void neverHasMoreInFlightThanTheStepSaysAndStopsAtTheFirstRefusal() {
    try (StubJobe stub = StubJobe.start(vertx).slots(4).taking(Duration.ofMillis(50))) {
      Report report = Blocking.get(Calibration.run(vertx, server(stub), SHORT));
      assertThat(report.steps()).extracting(Step::inFlight).startsWith(1, 2, 4).doesNotContain(16);
      assertThat(report.steps()).allMatch(step -> step.refused() == 0 || step.inFlight() > 4);
      assertThat(report.language()).isEqualTo("python3");
      assertThat(stub.counts().mostInFlight()).isLessThanOrEqualTo(8);
    }
  }

  @Test
  void aServerThatGivesWrongAnswersGetsNoAdvice() {
    try (StubJobe stub = StubJobe.start(vertx).runguardFaultNext(1000)) {
      Report report = Blocking.get(Calibration.run(vertx, server(stub), SHORT));
      assertThat(report.advice()).isEmpty();
      assertThat(report.steps()).hasSize(1);
    }
  }

  private static ServerSpec server(StubJobe stub) {
    return new ServerSpec("measured", stub.url(), null, 64, 1, 1, Map.of());
  }
}
