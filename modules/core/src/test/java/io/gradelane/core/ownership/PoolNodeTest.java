package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.ServerView;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.ownership.PeerMessage.Announce;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Digest;
import io.gradelane.core.ownership.PeerMessage.Handover;
import io.gradelane.core.ownership.PeerMessage.Held;
import io.gradelane.core.ownership.PeerMessage.Moved;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import io.gradelane.core.ownership.PeerMessage.NumberedTelling;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.PeerMessage.Ruled;
import io.gradelane.core.ownership.PeerMessage.Told;
import io.gradelane.core.ownership.Stance.Following;
import io.gradelane.core.ownership.Stance.Owning;
import io.gradelane.core.ownership.Stance.TakingOver;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One node; the test says what the others say. */
class PoolNodeTest {

  private static final LaneSpec LANE =
      new LaneSpec("exam", true, 1, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 100, false);
  private static final Term OTHERS = new Term(4, "other");

  private final List<PeerMessage> sent = new ArrayList<>();
  private final List<Decision> answers = new ArrayList<>();
  private final LaneBook lanes = new LaneBook(List.of(LANE));
  private final PoolNode node = new PoolNode("main", "self", lanes, new OneServer());
  private long now = 5_000 * Timing.MILLI;
  private int runs;

  @Test
  void aNodeThatIsAloneDispatchesAtOnce() {
    node.begin(List.of("self"), now);
    assertThat(node.stance()).isEqualTo(new Owning(new Term(1, "self")));
    want();
    assertThat(answers).hasSize(1).allMatch(Decision.Granted.class::isInstance);
    assertThat(sent).isEmpty();
  }

  @Test
  void whoJoinsFollowsAndReports() {
    follow();
    assertThat(node.stance()).isInstanceOf(Following.class);
    assertThat(sent).last().isEqualTo(report(1, 0));
  }

  @Test
  void whoHearsAnEarlierTermSaysWhoIsLater() {
    follow();
    hear(new Announce(new Term(3, "stale")));
    assertThat(sent).last().isEqualTo(new Moved(OTHERS, "self"));
  }

  @Test
  void aGrantOfAnEarlierTermIsNotBelieved() {
    follow();
    RunId run = want();
    hear(new Beat(new Term(5, "third"), List.of(), List.of(), List.of()));
    hear(ruled(OTHERS, 1, run));
    assertThat(answers).isEmpty();
  }

  @Test
  void aGrantThatComesTwiceIsBelievedOnce() {
    follow();
    RunId run = want();
    hear(ruled(OTHERS, 1, run));
    hear(ruled(OTHERS, 1, run));
    assertThat(answers).hasSize(1);
  }

  @Test
  void aGrantForWhomNobodyWaitsIsGivenBack() {
    follow();
    RunId run = want();
    node.tell("a", new Telling.Cancelled(run), now);
    hear(ruled(OTHERS, 1, run));
    assertThat(answers).isEmpty();
    assertThat(sent.getLast())
        .isInstanceOfSatisfying(
            Told.class,
            told ->
                assertThat(told.tellings().getLast().telling()).isInstanceOf(Telling.Done.class));
  }

  @Test
  void theSilenceOfTheOwnerIsFollowedByATakeoverThatWaitsForReports() {
    node.begin(List.of("self", "other", "third"), now);
    hear(beat());
    pass(Timing.SILENCE - 100 * Timing.MILLI);
    assertThat(node.stance()).isInstanceOf(Following.class);
    for (int i = 0; i < 50 && node.stance() instanceof Following; i++) {
      pass(50 * Timing.MILLI);
    }
    assertThat(node.stance())
        .isInstanceOfSatisfying(
            TakingOver.class, taking -> assertThat(taking.awaited()).containsExactly("third"));
    want();
    assertThat(answers).isEmpty();

    Term own = new Term(5, "self");
    hear(new Report(own, "third", 1, List.of(), List.of(), List.of(), 1, List.of()));
    assertThat(node.stance()).isInstanceOf(TakingOver.class);
    Want waiting = wantOf(new RunId(new UUID(0x7000L, -1L)));
    hear(new Told(
        own, "third", 1, 0, false, List.of(new NumberedTelling(1, new Telling.Waits(waiting)))));

    assertThat(node.stance()).isEqualTo(new Owning(own));
    assertThat(answers).hasSize(1);
  }

  @Test
  void whoHasHeardNoBeatLetsThoseGoFirstWhoHave() {
    node.begin(List.of("self", "other", "third"), now);
    hear(new Announce(OTHERS));
    pass(Timing.SILENCE + Timing.CANDIDATE);
    assertThat(node.stance()).isInstanceOf(Following.class);
    pass(2 * Timing.CANDIDATE);
    assertThat(node.stance()).isNotInstanceOf(Following.class);
  }

  @Test
  void whatMissingNodesHeldStaysTakenUntilTheyReport() {
    node.begin(List.of("self", "other"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 10_000)))),
        List.of(new Holding(new PermitId(OTHERS, 2), "exam", "s", 6_000)),
        List.of()));
    pass(Timing.SILENCE + Timing.CANDIDATE);
    assertThat(node.stance()).isInstanceOf(Owning.class);
    assertThat(dispatcher().view(now).quarantined()).isEqualTo(2);

    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 100);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    assertThat(dispatcher().view(now).quarantined()).isEqualTo(1);
    assertThat(dispatcher().view(now).servers().getFirst().inUse()).isEqualTo(2);

    pass(2_000 * Timing.MILLI);
    assertThat(dispatcher().view(now).servers().getFirst().inUse()).isEqualTo(1);
  }

  @Test
  void anOwnerThatDiesBeforeItsFirstBeatTakesNothingOfTheLastOnesWithIt() {
    node.begin(List.of("self", "other", "third"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 20_000)))),
        List.of(),
        List.of()));
    hear(new Announce(new Term(5, "third")));
    node.members(List.of("self"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);

    assertThat(node.stance()).isInstanceOf(Owning.class);
    assertThat(dispatcher().quarantined(now)).extracting(Holding::permit).containsExactly(permit);
  }

  @Test
  void whatTheOtherSideOfASplitTakesForMineIsMineToKnow() {
    node.begin(List.of("self"), now);
    RunId run = want();
    Decision.Granted granted = (Decision.Granted) answers.getFirst();
    Holding holding = new Holding(granted.permit(), "exam", "s", 10_000);
    node.tell("a", new Telling.Done(run, granted.permit(), Ending.OK, 5), now);

    List<NodeHoldings> missing = List.of(
        new NodeHoldings("self", List.of(holding)),
        new NodeHoldings(
            "third", List.of(new Holding(new PermitId(OTHERS, 8), "exam", "s", 10_000))));
    hear(new Report(node.stance().term(), "other", 1, List.of(), List.of(), List.of(), 0, missing));

    assertThat(dispatcher().quarantined(now))
        .extracting(Holding::permit)
        .containsExactly(new PermitId(OTHERS, 8));
    hear(new Report(
        node.stance().term(), "third", 1, List.of(), List.of(), List.of(), 0, List.of()));
    assertThat(dispatcher().quarantined(now)).isEmpty();
  }

  @Test
  void whatAnOwnerMissedItLeavesUnderItsHoldersName() {
    node.begin(List.of("self", "other"), now);
    pass(Timing.SILENCE + 2 * Timing.CANDIDATE);
    PermitId permit = new PermitId(OTHERS, 3);
    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 100);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    pass(Timing.SILENCE + 100 * Timing.MILLI);
    assertThat(dispatcher().quarantined(now)).hasSize(1);

    hear(new Announce(new Term(9, "other")));

    assertThat(sent.getLast()).isInstanceOfSatisfying(Report.class, report -> {
      assertThat(report.orphans()).isEmpty();
      assertThat(report.missing()).extracting(NodeHoldings::node).containsExactly("other");
      assertThat(report.missing().getFirst().holdings())
          .extracting(Holding::permit)
          .containsExactly(permit);
    });
  }

  @Test
  void whatAnOwnerMissedItTellsWithTheTimeThatIsLeft() {
    node.begin(List.of("self", "other", "third"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);
    PermitId permit = new PermitId(OTHERS, 3);
    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 0);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    pass(20_000 * Timing.MILLI);

    assertThat(leftOf(permit, lastBeat())).isBetween(14_000L, 16_000L);
    hear(new Announce(new Term(9, "third")));
    assertThat(sent.getLast())
        .isInstanceOfSatisfying(
            Report.class,
            report -> assertThat(
                    report.missing().getFirst().holdings().getFirst().leftMillis())
                .isBetween(14_000L, 16_000L));
  }

  @Test
  void whatIsLeftOfAPermitShrinksWhileNobodyTakesWhatAnOwnerLeft() {
    node.begin(List.of("self", "other", "third"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);
    Term own = node.stance().term();
    List<Holding> lost = List.of(new Holding(new PermitId(OTHERS, 3), "exam", "s", 20_000));
    hear(new Report(own, "other", 9, List.of(), lost, List.of(), 0, List.of()));

    hear(new Announce(new Term(9, "third")));
    pass(2_500 * Timing.MILLI);

    List<Report> reports =
        sent.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
    assertThat(reports.getLast().orphans().getFirst().leftMillis()).isBetween(17_400L, 18_100L);
  }

  @Test
  void whatIsLeftOfAPermitShrinksWhileNobodyDispatches() {
    node.begin(List.of("self", "other", "third"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 20_000)))),
        List.of(new Holding(new PermitId(OTHERS, 2), "exam", "s", 2_000)),
        List.of()));
    node.members(List.of("self", "third"), now);
    long silent = now;
    while (!(node.stance() instanceof Owning)) {
      pass(50 * Timing.MILLI);
    }
    long lasted = (now - silent) / Timing.MILLI;

    assertThat(lasted).isBetween(500L, 5_000L);
    assertThat(leftOf(permit, lastBeat())).isLessThanOrEqualTo(20_000 - lasted);
  }

  private Beat lastBeat() {
    return sent.stream()
        .filter(Beat.class::isInstance)
        .map(Beat.class::cast)
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  private static long leftOf(PermitId permit, Beat beat) {
    return beat.nodes().stream()
        .flatMap(each -> each.holdings().stream())
        .filter(holding -> holding.permit().equals(permit))
        .findFirst()
        .orElseThrow()
        .leftMillis();
  }

  @Test
  void aHandoverIsTakenAtOnce() {
    follow();
    hear(new Handover(beat()));
    assertThat(node.stance())
        .isInstanceOfSatisfying(
            TakingOver.class, taking -> assertThat(taking.awaited()).containsExactly("other"));
    hear(
        new Report(new Term(5, "self"), "other", 1, List.of(), List.of(), List.of(), 0, List.of()));
    assertThat(node.stance()).isInstanceOf(Owning.class);
  }

  @Test
  void anOwnerThatWasFrozenAsksBeforeItGrants() {
    node.begin(List.of("self"), now);
    node.members(List.of("self", "other"), now);
    turn();
    now += Timing.FROZEN;
    want();
    assertThat(answers).isEmpty();
    assertThat(sent).contains(new Announce(new Term(1, "self")));

    hear(new Moved(new Term(2, "other"), "other"));
    assertThat(node.stance().term()).isEqualTo(new Term(2, "other"));
    assertThat(answers).isEmpty();
  }

  @Test
  void aFollowerThatWasFrozenBelievesNothingThatWasGrantedBefore() {
    follow();
    RunId run = want();
    now += Timing.FROZEN;
    hear(ruled(OTHERS, 1, run));
    assertThat(answers).isEmpty();
    assertThat(sent).anySatisfy(message -> assertThat(message).isEqualTo(report(2, 1)));
  }

  @Test
  void whoLeavesIsFollowedByWhoStays() {
    node.begin(List.of("self"), now);
    node.members(List.of("self", "other"), now);
    node.leave(now);
    turn();
    assertThat(sent).hasAtLeastOneElementOfType(Handover.class);
    assertThat(node.hasHandedOver()).isFalse();

    hear(new Announce(new Term(2, "other")));
    assertThat(node.hasHandedOver()).isTrue();
    assertThat(node.hasSaidAll()).isFalse();
    hear(new Ruled(new Term(2, "other"), 1, 0, false, List.of()));
    assertThat(node.hasSaidAll()).isTrue();
  }

  @Test
  void aMemberThatEndedAndCameBackAsAnotherIsNotMissed() {
    node.begin(List.of("self", "one", "two"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);
    hear(new Report(node.stance().term(), "one", 1, List.of(), List.of(), List.of(), 0, List.of()));
    for (int i = 0; i < 5; i++) {
      node.members(List.of("self", "one"), now);
      node.members(List.of("self", "one", "two" + i), now);
      node.ended(i == 0 ? "two" : "two" + (i - 1), now);
    }
    pass(100 * Timing.MILLI);
    assertThat(node.part()).isEqualTo(new Part(2, 3));
  }

  @Test
  void whoHoldsSomethingElseThanItShouldReportsAnew() {
    node.begin(List.of("self", "other"), now);
    Term own = new Term(1, "self");
    pass(Timing.SILENCE + 2 * Timing.CANDIDATE);
    hear(new Report(own, "other", 1, List.of(), List.of(), List.of(), 0, List.of()));
    sent.clear();
    Digest digest = new Digest(own, "other", 1, 0, 0, 1, 42, 0, 0);
    hear(digest);
    assertThat(sent).doesNotContain(new Announce(own));
    hear(digest);
    assertThat(sent).contains(new Announce(own));
  }

  @Test
  void aLaneThatAnOperatorHasChangedComesWithTheBeat() {
    follow();
    LaneSpec paused = LANE.withPaused(true);
    hear(new Beat(OTHERS, List.of(), List.of(), List.of(new VersionedLane(paused, 2))));
    assertThat(lanes.specs()).containsExactly(paused);
  }

  private void follow() {
    node.begin(List.of("self", "other"), now);
    hear(beat());
  }

  private static Beat beat() {
    return new Beat(OTHERS, List.of(), List.of(), List.of());
  }

  private static Report report(long session, int waiting) {
    return new Report(OTHERS, "self", session, List.of(), List.of(), List.of(), waiting, List.of());
  }

  private static Ruled ruled(Term term, long session, RunId run) {
    var granted = new Decision.Granted(run, new PermitId(term, 7), "s", 0);
    return new Ruled(term, session, 1, false, List.of(new NumberedDecision(1, granted)));
  }

  private RunId want() {
    RunId run = new RunId(new UUID(0x7000L, ++runs));
    node.tell("a", new Telling.Wanted(wantOf(run)), now);
    turn();
    return run;
  }

  private static Want wantOf(RunId run) {
    return new Want(run, 1, "exam", "t", "", "c", null, 0, 10, 0, 60_000, false, Set.of(), null);
  }

  private void hear(PeerMessage message) {
    node.hear(message, now);
    turn();
  }

  private void pass(long nanos) {
    for (long until = now + nanos; now < until; ) {
      now += 50 * Timing.MILLI;
      node.tick(now);
      turn();
    }
  }

  private void turn() {
    for (Effect effect : node.turn(100, now)) {
      switch (effect) {
        case Effect.Send send -> sent.add(send.message());
        case Effect.Answer answer -> answers.add(answer.decision());
        case Effect.Changed changed -> {}
        case Effect.Differed differed -> {}
      }
    }
  }

  private Dispatcher dispatcher() {
    return Objects.requireNonNull(node.dispatcher());
  }

  private final class OneServer implements PoolSettings {

    @Override
    public Dispatcher open(Term term, long now) {
      Dispatcher dispatcher = new Dispatcher(new PoolRules(lanes.specs(), 1, 0.1), term);
      part(dispatcher, Part.ALL, now);
      return dispatcher;
    }

    @Override
    public void part(Dispatcher dispatcher, Part part, long now) {
      int slots = part.of(4);
      dispatcher.server(new ServerView("s", slots, slots, 1, 1, true, Set.of("c")), now);
    }

    @Override
    public void lanes(Dispatcher dispatcher, long now) {
      lanes.specs().forEach(spec -> dispatcher.lane(spec, now));
    }
  }
}
