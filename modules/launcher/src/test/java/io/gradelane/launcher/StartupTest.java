package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.launcher.Startup.Step;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupTest {

  private final List<String> told = new ArrayList<>();
  private final Startup startup = new Startup();

  @Test
  void stepsStartInOrderAndAreUndoneInReverse() {
    Future<Void> started = startup.start(List.of(step("a"), step("b"), step("c")));
    Future<Void> stopped = startup.stop();

    assertThat(started.succeeded()).isTrue();
    assertThat(stopped.succeeded()).isTrue();
    assertThat(told).containsExactly("+a", "+b", "+c", "-c", "-b", "-a");
  }

  @Test
  void aStepThatFailsUndoesTheOnesBeforeItAndStartsNoOther() {
    Future<Void> started =
        startup.start(List.of(step("a"), failing("b", Future.failedFuture("no room")), step("c")));

    assertThat(started.cause()).isInstanceOf(Startup.StepFailed.class).hasMessage("b: no room");
    assertThat(told).containsExactly("+a", "-a");
  }

  @Test
  void aStepThatThrowsHasFailed() {
    Step throwing = new Step(
        "b",
        () -> {
          throw new IllegalStateException("broken");
        },
        Future::succeededFuture);

    Future<Void> started = startup.start(List.of(step("a"), throwing));

    assertThat(started.cause()).hasMessage("b: broken");
    assertThat(told).containsExactly("+a", "-a");
  }

  @Test
  void whatCanNotBeUndoneKeepsNothingElseFromBeingUndone() {
    Step sticky = new Step("b", Future::succeededFuture, () -> Future.failedFuture("stuck"));
    startup.start(List.of(step("a"), sticky));

    assertThat(startup.stop().succeeded()).isTrue();
    assertThat(told).containsExactly("+a", "-a");
  }

  @Test
  void aStopWhileStartingWaitsForTheStartAndUndoesIt() {
    Promise<Void> slow = Promise.promise();
    startup.start(List.of(step("a"), new Step("b", slow::future, () -> tell("-b"))));

    Future<Void> stopped = startup.stop();
    assertThat(stopped.isComplete()).isFalse();
    slow.complete();

    assertThat(stopped.succeeded()).isTrue();
    assertThat(told).containsExactly("+a", "-b", "-a");
  }

  @Test
  void nothingIsUndoneTwice() {
    startup.start(List.of(step("a")));
    startup.stop();
    startup.stop();

    assertThat(told).containsExactly("+a", "-a");
  }

  private Step step(String name) {
    return new Step(name, () -> tell("+" + name), () -> tell("-" + name));
  }

  private Step failing(String name, Future<?> failure) {
    return new Step(name, () -> failure, () -> tell("-" + name));
  }

  private Future<Void> tell(String what) {
    told.add(what);
    return Future.succeededFuture();
  }
}
