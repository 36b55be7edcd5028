package io.gradelane.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.BusPermits;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PoolView.ServerUse;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.dispatch.LinkedNodes.Node;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several nodes, one pool. */
class NodesTest {

  private static final int SLOTS = 4;

  private final Random random = new Random(3);
  private LinkedNodes nodes = new LinkedNodes(0);

  @AfterEach
  void close() {
    nodes.close();
  }

  @Test
  void theFirstNodeDispatchesForTheSecond() {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);

    Decision.Granted granted = granted(second, second.permits());

    assertThat(granted.server()).isEqualTo("s1");
    Eventually.await("the permit is known to be out", () -> inUse(first) == 1);
    assertThat(second.owner()).isEqualTo(first.owner());
    assertThat(first.owner()).isEqualTo(new PoolAnswer.Owned("a", 1, true));
  }

  @Test
  void nodesThatStartTogetherAgreeOnOne() {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    Node third = nodes.start("c", SLOTS);

    Eventually.await(
        "all follow one owner",
        () -> first.owner().equals(second.owner()) && second.owner().equals(third.owner()));
  }

  @Test
  void whatWaitsIsGrantedByTheSuccessor() {
    Node first = nodes.start("a", 1);
    Node second = nodes.start("b", 1);
    Node third = nodes.start("c", 1);
    BusPermits permits = second.permits();
    Decision.Granted held = granted(second, permits);
    Promise<Decision> waiting = want(second, permits, run());
    Eventually.await("it waits", () -> depth(second) == 1);

    first.cut();
    Eventually.await("one of the others dispatches", () -> second.owner().term() == 2);
    assertThat(waiting.future().isComplete()).isFalse();
    second.run(() -> permits.done(held.run(), held.permit(), Ending.OK, 10));

    assertThat(Blocking.get(waiting.future())).isInstanceOf(Decision.Granted.class);
    assertThat(third.owner()).isEqualTo(second.owner());
  }

  @Test
  void thePermitsOfADeadNodeStayTaken() {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    Node third = nodes.start("c", SLOTS);
    granted(first, first.permits());
    granted(second, second.permits());
    BusPermits permits = third.permits();
    granted(third, permits);
    Eventually.await("three permits are known to be out", () -> inUse(third) == 3);
    awaitBeat(second);
    awaitBeat(third);

    first.cut();
    Eventually.await("one of the others dispatches", () -> third.owner().term() == 2);

    Eventually.await("the dead node's permit is isolated", () -> third.view().quarantined() == 1);
    assertThat(inUse(third)).isEqualTo(3);
  }

  @Test
  void anyNodeAnswersAndAnOperatorsChangeSurvivesTheOwner() {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    Eventually.await("the second follows", () -> second.owner().term() == 1);
    VersionedLane lane =
        ((PoolAnswer.AllLanes) second.ask(new PoolQuestion.Lanes())).lanes().getFirst();

    var set = second.ask(new PoolQuestion.SetLane(lane.spec().withPaused(true), lane.version()));
    VersionedLane paused = ((PoolAnswer.LaneSet) set).lane();
    assertThat(paused.spec()).isEqualTo(lane.spec().withPaused(true));
    awaitBeat(second);
    first.cut();
    Eventually.await("the other dispatches", () -> second.owner().term() == 2);

    assertThat(second.ask(new PoolQuestion.Lanes()))
        .isEqualTo(new PoolAnswer.AllLanes(List.of(paused)));
    assertThat(second.view().lanes().getLast().spec().paused()).isTrue();
  }

  @Test
  void aNodeThatLeavesHandsOverAndGoesOnAsking() {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    BusPermits permits = first.permits();
    Decision.Granted held = granted(first, permits);
    Eventually.await("the second follows", () -> second.owner().term() == 1);

    Blocking.get(first.leave());

    assertThat(first.owner()).isEqualTo(new PoolAnswer.Owned("b", 2, true));
    granted(first, permits);
    Eventually.await("both permits are known", () -> inUse(second) == 2);
    first.run(() -> permits.done(held.run(), held.permit(), Ending.OK, 10));
    Eventually.await("one is back", () -> inUse(second) == 1);
  }

  @Test
  void onlyTheOwnerTellsHowBusyTheServersAre() throws Exception {
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    BlockingQueue<Status> ofFirst = new LinkedBlockingQueue<>();
    BlockingQueue<Status> ofSecond = new LinkedBlockingQueue<>();
    String address = Addresses.status("main");
    first.vertx.eventBus().<Status>consumer(address, told -> ofFirst.add(told.body()));
    second.vertx.eventBus().<Status>consumer(address, told -> ofSecond.add(told.body()));

    assertThat(ofFirst.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(ofFirst.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(ofSecond).isEmpty();
    assertThat(first.meters.get("gradelane.pool.owned").gauge().value()).isEqualTo(1);
    assertThat(second.meters.get("gradelane.pool.owned").gauge().value()).isZero();
    Eventually.await(
        "the second follows, and shows it",
        () -> second.meters.get("gradelane.pool.term").gauge().value() == 1);
  }

  @Test
  void messagesThatAreLostOrDoubledLeakNoPermit() {
    nodes = new LinkedNodes(10);
    Node first = nodes.start("a", SLOTS);
    Node second = nodes.start("b", SLOTS);
    BusPermits permits = second.permits();
    AtomicInteger ended = new AtomicInteger();
    List<Promise<Decision>> all = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Promise<Decision> decided = want(second, permits, run());
      decided.future().onSuccess(decision -> {
        Decision.Granted granted = (Decision.Granted) decision;
        permits.done(granted.run(), granted.permit(), Ending.OK, 1);
        ended.incrementAndGet();
      });
      all.add(decided);
    }

    all.forEach(decided -> Blocking.get(decided.future()));
    assertThat(ended).hasValue(200);
    assertThat(nodes.lost()).isPositive();
    Eventually.await("every permit is back", () -> inUse(first) == 0);
    assertThat(first.view().quarantined()).isZero();
  }

  /** Until a beat has come that was sent after now: of two, the first may have been on its way. */
  private static void awaitBeat(Node node) {
    int before = node.beats();
    Eventually.await("a new beat", () -> node.beats() >= before + 2);
  }

  private Decision.Granted granted(Node node, BusPermits permits) {
    Decision decision = Blocking.get(want(node, permits, run()).future());
    assertThat(decision).isInstanceOf(Decision.Granted.class);
    return (Decision.Granted) decision;
  }

  private static Promise<Decision> want(Node node, BusPermits permits, RunId run) {
    Promise<Decision> decided = Promise.promise();
    node.run(() -> permits.want(want(run)).onComplete(decided));
    return decided;
  }

  private static int inUse(Node node) {
    return node.view().servers().stream().mapToInt(ServerUse::inUse).sum();
  }

  private static int depth(Node node) {
    return node.view().lanes().getLast().depth();
  }

  private RunId run() {
    return RunId.next(1_000_000, random);
  }

  private static Want want(RunId run) {
    return new Want(run, 1, "exam", "t", "", "c", null, 0, 1000, 0, 60_000, false, Set.of(), null);
  }
}
