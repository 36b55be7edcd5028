package io.gradelane.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.BusMessage.Decided;
import io.gradelane.bus.BusMessage.Told;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test stands where the dispatcher would: it reads what is told, and decides. */
@ExtendWith(VertxExtension.class)
class BusPermitsTest {

  private static final String NODE = "n1";
  private static final PermitId PERMIT = new PermitId(1, 7);

  private final Random random = new Random(1);
  private final BlockingQueue<Told> wants = new LinkedBlockingQueue<>();
  private final BlockingQueue<Told> returns = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private BusPermits permits;
  private Context context;

  @BeforeEach
  void open(Vertx vertx) throws Exception {
    this.vertx = vertx;
    context = vertx.getOrCreateContext();
    BusCodecs.register(vertx);
    vertx.eventBus().<Told>consumer(Addresses.lane("main", "exam", NODE), m -> wants.add(m.body()));
    vertx.eventBus().<Told>consumer(Addresses.permits("main", NODE), m -> returns.add(m.body()));
    permits = onContext(() -> BusPermits.open(vertx, "main", NODE, 0));
  }

  @Test
  void whatIsAskedInOneTurnTravelsAsOneMessage() throws Exception {
    RunId first = run();
    RunId second = run();
    onContext(() -> {
      permits.want(want(first));
      permits.want(want(second));
      return Future.succeededFuture(true);
    });
    assertThat(told(wants).tellings())
        .containsExactly(new Telling.Wanted(want(first)), new Telling.Wanted(want(second)));
  }

  @Test
  void aGrantReachesTheOneWhoAsked() throws Exception {
    RunId run = run();
    CompletableFuture<Decision> answer = ask(run);
    Told told = told(wants);
    var granted = new Decision.Granted(run, PERMIT, "s1", 12);
    decide(told, granted);
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(granted);
  }

  @Test
  void aCancelledRunIsRefusedAtOnceAndLeavesItsLane() throws Exception {
    RunId run = run();
    CompletableFuture<Decision> answer = ask(run);
    told(wants);
    runOnPermits(() -> permits.cancel(run));
    assertThat(answer.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.CANCELLED));
    assertThat(told(returns).tellings()).containsExactly(new Telling.Cancelled(run));
  }

  @Test
  void aGrantThatNobodyWaitsForAnyMoreIsGivenBackUnused() throws Exception {
    RunId run = run();
    assertThat(ask(run)).isNotDone();
    Told told = told(wants);
    runOnPermits(() -> permits.cancel(run));
    told(returns);
    decide(told, new Decision.Granted(run, PERMIT, "s1", 12));
    assertThat(told(returns).tellings())
        .containsExactly(new Telling.Done(run, PERMIT, Ending.UNUSED, 0));
  }

  @Test
  void aDoubtIsAnsweredToTheOneWhoDoubts() throws Exception {
    RunId run = run();
    CompletableFuture<Decision> answer = new CompletableFuture<>();
    runOnPermits(() -> permits.doubt(PERMIT, 900, want(run)).onSuccess(answer::complete));
    Told told = told(returns);
    assertThat(told.tellings()).containsExactly(new Telling.Doubted(run, PERMIT, 900, want(run)));
    decide(told, new Decision.Believed(run));
    assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(new Decision.Believed(run));
  }

  @Test
  void whoStillWaitsAtCloseIsRefused() throws Exception {
    CompletableFuture<Decision> answer = ask(run());
    told(wants);
    onContext(() -> permits.close().map(true));
    assertThat(answer.get(20, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Refusal.CLOSING));
  }

  private CompletableFuture<Decision> ask(RunId run) {
    CompletableFuture<Decision> answer = new CompletableFuture<>();
    runOnPermits(() -> permits.want(want(run)).onSuccess(answer::complete));
    return answer;
  }

  private void decide(Told told, Decision... decisions) {
    vertx.eventBus().send(told.replyTo(), new Decided(List.of(decisions)));
  }

  private RunId run() {
    return RunId.next(1_000_000, random);
  }

  private static Want want(RunId run) {
    return new Want(run, 1, "exam", "t", "", "c", null, 0, 1000, 0, 60_000, false, Set.of(), null);
  }

  private static Told told(BlockingQueue<Told> queue) throws InterruptedException {
    Told told = queue.poll(20, TimeUnit.SECONDS);
    assertThat(told).as("something told within 20 s").isNotNull();
    return told;
  }

  private void runOnPermits(Runnable action) {
    context.runOnContext(tick -> action.run());
  }

  private <T> T onContext(Supplier<Future<T>> action) throws Exception {
    CompletableFuture<T> done = new CompletableFuture<>();
    context.runOnContext(
        tick -> action.get().onSuccess(done::complete).onFailure(done::completeExceptionally));
    return done.get(20, TimeUnit.SECONDS);
  }
}
