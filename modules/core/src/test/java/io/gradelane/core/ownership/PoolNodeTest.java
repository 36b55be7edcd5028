package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.ownership.PeerMessage.Announce;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Digest;
import io.gradelane.core.ownership.PeerMessage.Handover;
import io.gradelane.core.ownership.PeerMessage.Moved;
import io.gradelane.core.ownership.PeerMessage.NumberedTelling;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.PeerMessage.Ruled;
import io.gradelane.core.ownership.PeerMessage.Told;
import io.gradelane.core.ownership.Stance.Following;
import io.gradelane.core.ownership.Stance.Owning;
import io.gradelane.core.ownership.Stance.TakingOver;
import io.gradelane.core.run.RunId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who dispatches, who follows, and what is believed. */
final class PoolNodeTest extends OneNode {

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
  void aLaneThatAnOperatorHasChangedGoesWithTheBeat() {
    node.begin(List.of("self"), now);
    node.members(List.of("self", "other"), now);
    VersionedLane paused = lanes.set(LANE.withPaused(true), 2);
    sent.clear();
    pass(1_000 * Timing.MILLI);
    assertThat(lastBeat().lanes()).containsExactly(paused);
  }

  @Test
  void aLaneThatAnOperatorHasChangedComesWithTheBeat() {
    follow();
    LaneSpec paused = LANE.withPaused(true);
    hear(new Beat(OTHERS, List.of(), List.of(), List.of(new VersionedLane(paused, 2))));
    assertThat(lanes.specs()).containsExactly(paused);
  }
}
