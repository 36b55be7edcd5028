package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.Held;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import io.gradelane.core.ownership.PeerMessage.NumberedTelling;
import io.gradelane.core.ownership.PeerMessage.Ruled;
import io.gradelane.core.run.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A node's end of the conversation with its owner: tells what its runs have to say until the owner has it, takes
 * decisions in order, and begins anew with a report whenever the owner is another, or knows less than it should.
 */
final class Attendance {

  /**
   * @param ended what the telling ends; null if it ends nothing that an owner could know of
   */
  private record Item(Telling telling, Ledger.@Nullable Entry ended) {}

  private final String node;
  private final Ledger ledger;
  private final LaneBook lanes;

  private Term term = Term.NONE;
  private long session;
  private Outbox<Item> outbox = new Outbox<>();
  private Intake intake = new Intake();
  private Estate left = Estate.NONE;
  private long leftAt;

  /** Whether the owner has shown that it knows of the session. */
  private boolean begun;

  private long reportedAt;
  private long digestedAt;

  Attendance(String node, Ledger ledger, LaneBook lanes) {
    this.node = node;
    this.ledger = ledger;
    this.lanes = lanes;
  }

  /**
   * There is another owner.
   *
   * @param estate what this node leaves, if it was the owner before
   */
  void follow(Term next, Estate estate, long now) {
    term = next;
    if (!estate.isEmpty()) {
      left = estate;
      leftAt = now;
    }
  }

  /**
   * This node is the owner now. Returns what it left as the owner before and nobody has taken, with the permits of its own
   * that were lost without the last owner's knowing.
   */
  Estate stop(long now) {
    Estate still = left(now);
    List<Holding> lost = new ArrayList<>(still.orphans());
    for (Item item : outbox.left()) {
      if (item.ended != null
          && item.telling instanceof Telling.Done done
          && done.ending() == Ending.LOST) {
        lost.add(item.ended.holding(now));
      }
    }
    Estate estate = new Estate(lost, still.missing());
    outbox = new Outbox<>();
    left = Estate.NONE;
    term = Term.NONE;
    return estate;
  }

  void tell(Telling telling, Ledger.@Nullable Entry ended) {
    outbox.add(new Item(telling, ended));
  }

  /** Begins a session. The report goes first, then what waits, then endings that the last owner may not have heard. */
  PeerMessage.Report report(long now) {
    List<Item> unheard =
        outbox.left().stream().filter(item -> item.ended != null).toList();
    session++;
    begun = false;
    reportedAt = now;
    digestedAt = now;
    outbox = new Outbox<>();
    intake = new Intake();
    List<Held> held = new ArrayList<>();
    ledger.forEachHeld(entry -> held.add(entry.held(now)));
    ledger.forEachWaiting(entry -> outbox.add(new Item(entry.waiting(now), null)));
    int waiting = (int) outbox.last();
    for (Item item : unheard) {
      held.add(Objects.requireNonNull(item.ended).held(now));
      outbox.add(new Item(asEnding(item.telling), item.ended));
    }
    Estate still = left(now);
    return new PeerMessage.Report(
        term, node, session, held, still.orphans(), lanes.changed(), waiting, still.missing());
  }

  private Estate left(long now) {
    return left.after((now - leftAt) / Timing.MILLI);
  }

  /** A doubt that was not heard is an ending: its run waits for its quiet permit already. */
  private static Telling asEnding(Telling telling) {
    return telling instanceof Telling.Doubted doubted
        ? new Telling.Done(doubted.run(), doubted.permit(), Ending.OK, doubted.millis())
        : telling;
  }

  /** Takes what the owner has decided, in order. */
  void ruled(Ruled ruled, Consumer<NumberedDecision> consumer, long now) {
    if (ruled.session() != session || !ruled.term().equals(term)) {
      return;
    }
    begun = true;
    left = Estate.NONE;
    outbox.acknowledge(ruled.heard(), now);
    if (ruled.gap()) {
      outbox.sendAgain(now);
    }
    for (NumberedDecision decision : ruled.decisions()) {
      if (intake.takes(decision.number(), now)) {
        consumer.accept(decision);
      }
    }
  }

  /** Whether a report is due: at the beginning, and until the owner has shown that it knows of it. */
  boolean reportDue(long now) {
    return !term.equals(Term.NONE) && !begun && now - reportedAt >= Timing.RESEND;
  }

  /** Whether the last report is so young that it may be on its way. */
  boolean reportedJustNow(long now) {
    return !begun && now - reportedAt < Timing.ACKNOWLEDGE;
  }

  /** Whether the owner has everything that was to be said. */
  boolean isHeard() {
    return begun && outbox.isEmpty();
  }

  /** What is to be said now. */
  void flush(Consumer<PeerMessage> consumer, long now) {
    if (term.equals(Term.NONE)) {
      return;
    }
    while (outbox.hasUnsent()) {
      List<NumberedTelling> tellings = new ArrayList<>();
      outbox.send((number, item) -> tellings.add(new NumberedTelling(number, item.telling)), now);
      consumer.accept(told(tellings));
    }
    if (intake.due(now)) {
      consumer.accept(told(List.of()));
    }
  }

  /** What time alone brings: tells again what was not heard, and once a second what the node holds, in short. */
  void tick(Consumer<PeerMessage> consumer, long now) {
    outbox.resendIfSilent(now);
    if (begun && now - digestedAt >= Timing.DIGEST && !outbox.hasUnsent()) {
      digestedAt = now;
      Sum sum = ledger.sum(Long.MAX_VALUE);
      consumer.accept(sum.digest(term, node, session, outbox.last(), intake.last()));
    }
  }

  private PeerMessage.Told told(List<NumberedTelling> tellings) {
    PeerMessage.Told told =
        new PeerMessage.Told(term, node, session, intake.last(), intake.gap(), tellings);
    intake.told();
    return told;
  }
}
