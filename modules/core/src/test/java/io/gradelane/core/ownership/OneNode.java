package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.ServerView;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.PeerMessage.Ruled;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** One node; the test says what the others say. */
abstract class OneNode {

  static final LaneSpec LANE =
      new LaneSpec("exam", true, 1, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 100, false);
  static final Term OTHERS = new Term(4, "other");

  final List<PeerMessage> sent = new ArrayList<>();
  final List<Decision> answers = new ArrayList<>();
  final LaneBook lanes = new LaneBook(List.of(LANE));
  final PoolNode node = new PoolNode("main", "self", lanes, new OneServer());
  long now = 5_000 * Timing.MILLI;
  private int runs;

  final void follow() {
    node.begin(List.of("self", "other"), now);
    hear(beat());
  }

  static Beat beat() {
    return new Beat(OTHERS, List.of(), List.of(), List.of());
  }

  static Report report(long session, int waiting) {
    return new Report(OTHERS, "self", session, List.of(), List.of(), List.of(), waiting, List.of());
  }

  static Ruled ruled(Term term, long session, RunId run) {
    var granted = new Decision.Granted(run, new PermitId(term, 7), "s", 0);
    return new Ruled(term, session, 1, false, List.of(new NumberedDecision(1, granted)));
  }

  final RunId want() {
    RunId run = new RunId(new UUID(0x7000L, ++runs));
    node.tell("a", new Telling.Wanted(wantOf(run)), now);
    turn();
    return run;
  }

  static Want wantOf(RunId run) {
    return new Want(run, 1, "exam", "t", "", "c", null, 0, 10, 0, 60_000, false, Set.of(), null);
  }

  final void hear(PeerMessage message) {
    node.hear(message, now);
    turn();
  }

  final void pass(long nanos) {
    for (long until = now + nanos; now < until; ) {
      now += 50 * Timing.MILLI;
      node.tick(now);
      turn();
    }
  }

  final void turn() {
    for (Effect effect : node.turn(100, now)) {
      switch (effect) {
        case Effect.Send send -> sent.add(send.message());
        case Effect.Answer answer -> answers.add(answer.decision());
        case Effect.Changed changed -> {}
        case Effect.Differed differed -> {}
      }
    }
  }

  final Beat lastBeat() {
    return sent.stream()
        .filter(Beat.class::isInstance)
        .map(Beat.class::cast)
        .reduce((one, next) -> next)
        .orElseThrow();
  }

  final Dispatcher dispatcher() {
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
