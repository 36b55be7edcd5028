package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.Announce;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Digest;
import io.gradelane.core.ownership.PeerMessage.Farewell;
import io.gradelane.core.ownership.PeerMessage.Handover;
import io.gradelane.core.ownership.PeerMessage.Moved;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.PeerMessage.Ruled;
import io.gradelane.core.ownership.PeerMessage.Told;
import io.gradelane.core.ownership.Stance.Following;
import io.gradelane.core.ownership.Stance.Owning;
import io.gradelane.core.ownership.Stance.TakingOver;
import io.gradelane.core.run.Ending;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in a pool: it follows the pool's owner, or is the owner. Pure, like the {@link Dispatcher} that it holds
 * while it owns: events come in with their time, {@link #turn} gives what is to be done. Here is what each event means;
 * the conversation with an owner is {@link Attendance}, the time as one is {@link Incumbency}.
 *
 * <p>It belongs to one context and is not thread-safe. Time is the nanoseconds of a monotonic ticker. Call {@link #tick}
 * every 50 ms or so, and {@link #turn} after each turn's events, until it has nothing {@link #more}.
 */
public final class PoolNode {

  private final String self;
  private final LaneBook lanes;
  private final PoolSettings settings;
  private final Ledger ledger = new Ledger();
  private final Attendance attendance;
  private final Electorate electorate;
  private final Succession succession;
  private final Mail mail;
  private final Incumbency incumbency;

  private Stance stance = new Following(Term.NONE, 0, null);
  private long tickedAt;
  private boolean leaving;
  private boolean more;

  public PoolNode(String pool, String self, LaneBook lanes, PoolSettings settings) {
    this.self = self;
    this.lanes = lanes;
    this.settings = settings;
    this.attendance = new Attendance(self, ledger, lanes);
    this.electorate = new Electorate(pool, self);
    this.succession = new Succession(self, electorate);
    this.mail = new Mail(self);
    this.incumbency = new Incumbency(self, settings, ledger, lanes, electorate, mail);
  }

  /** A node that is alone dispatches at once; any other asks around, unless it has heard of an owner already. */
  public void begin(Collection<String> members, long now) {
    tickedAt = now;
    electorate.members(members, now);
    if (!stance.term().equals(Term.NONE)) {
      return;
    }
    stance = new Following(Term.NONE, now, null);
    if (electorate.isAlone()) {
      takeOver(Set.of(), Term.NONE, now);
    } else {
      electorate.others().forEach(node -> mail.send(node, new Moved(Term.NONE, self)));
    }
  }

  /** The members have changed. */
  public void members(Collection<String> nodes, long now) {
    for (String node : electorate.members(nodes, now)) {
      if (incumbency.office() != null || stance.term().equals(Term.NONE)) {
        sayWhoOwns(node);
      }
    }
    tick(now);
  }

  /** A member has ended, for another process stands in its place: it is not missed, as one that left is not. */
  public void ended(String member, long now) {
    electorate.leaves(member, now);
  }

  /** Something that a run of this node has to say. */
  public void tell(String asker, Telling telling, long now) {
    wake(now);
    Ledger.Entry ended = null;
    boolean news = switch (telling) {
      case Telling.Wanted wanted -> ledger.wants(wanted.want(), asker, now);
      case Telling.Waits waits -> ledger.wants(waits.want(), asker, now);
      case Telling.Cancelled cancelled -> ledger.leaves(cancelled.run());
      case Telling.Done done -> {
        ended = ledger.ends(done.run(), done.permit());
        yield true;
      }
      case Telling.Doubted doubted -> {
        ended = ledger.ends(doubted.run(), doubted.permit());
        ledger.wants(doubted.quiet(), asker, now);
        yield true;
      }
    };
    if (news) {
      pass(telling, ended, now);
    }
  }

  private void pass(Telling telling, Ledger.@Nullable Entry ended, long now) {
    Office office = incumbency.office();
    if (office != null) {
      office.apply(telling, now);
    } else {
      attendance.tell(telling, ended);
    }
  }

  /** Something that another node has to say. */
  public void hear(PeerMessage message, long now) {
    wake(now);
    switch (message) {
      case Beat beat -> onBeat(beat, now);
      case Announce announce -> onAnnounce(announce, now);
      case Handover handover -> onHandover(handover, now);
      case Moved moved -> onMoved(moved, now);
      case Farewell farewell -> electorate.leaves(farewell.node(), now);
      case Ruled ruled -> onRuled(ruled, now);
      case Report report -> onReport(report, now);
      case Told told -> onTold(told, now);
      case Digest digest -> onDigest(digest, now);
    }
  }

  // --- from the owner, or one that takes itself for it

  private void onBeat(Beat beat, long now) {
    if (accepts(beat.term(), now)) {
      stance = new Following(beat.term(), now, new Heard(beat, now));
      lanes.learnFromOwner(beat.lanes());
    }
  }

  private void onAnnounce(Announce announce, long now) {
    boolean known = announce.term().equals(stance.term());
    if (accepts(announce.term(), now) && known && !attendance.reportedJustNow(now)) {
      report(now);
    }
  }

  private void onHandover(Handover handover, long now) {
    if (accepts(handover.term(), now) && !leaving) {
      lanes.learnFromOwner(handover.last().lanes());
      stance = new Following(handover.term(), now, new Heard(handover.last(), now));
      takeOver(electorate.others(), handover.term(), now);
    }
  }

  private void onRuled(Ruled ruled, long now) {
    if (accepts(ruled.term(), now)) {
      attendance.ruled(ruled, decision -> take(decision, now), now);
    }
  }

  private void take(NumberedDecision numbered, long now) {
    if (numbered.decision() != null) {
      answer(numbered.decision(), numbered.number(), now);
    }
  }

  /** Whether that is the owner: one of a later term is from now on, one of an earlier term is told so. */
  private boolean accepts(Term term, long now) {
    int order = term.compareTo(stance.term());
    if (order < 0) {
      mail.send(term.node(), new Moved(stance.term(), self));
      return false;
    }
    if (order > 0) {
      follow(term, now);
    } else if (stance instanceof Following following) {
      stance = following.heard(now);
    }
    return incumbency.office() == null;
  }

  // --- from any node

  private void onMoved(Moved moved, long now) {
    int order = moved.term().compareTo(stance.term());
    if (moved.term().equals(Term.NONE) && stance.term().equals(Term.NONE)) {
      if (succession.knowsNobody(moved.node())) {
        sayWhoOwns(moved.node());
      }
    } else if (order < 0) {
      sayWhoOwns(moved.node());
    } else if (order > 0 && nobodyIsThere(moved.term())) {
      takeOver(electorate.others(), moved.term(), now);
    } else if (order > 0) {
      follow(moved.term(), now);
    }
  }

  /** Whether that later owner is one whom only an owner of a still later term can replace. */
  private boolean nobodyIsThere(Term later) {
    boolean owns = incumbency.office() != null;
    return later.node().equals(self) || (owns && !electorate.sees(later.node()));
  }

  private void sayWhoOwns(String node) {
    Office office = incumbency.office();
    mail.send(node, office != null ? new Announce(office.term) : new Moved(stance.term(), self));
  }

  // --- from those who take this node for the owner

  private void onReport(Report report, long now) {
    Office office = mine(report.term(), report.node());
    if (office != null) {
      if (office.reported(report, self, now) && lanes.learn(report.lanes())) {
        settings.lanes(office.dispatcher, now);
      }
      stance = incumbency.heard(report.node(), stance, now);
    }
  }

  private void onTold(Told told, long now) {
    Office office = mine(told.term(), told.node());
    if (office != null) {
      if (!office.told(told, now)) {
        mail.send(told.node(), new Announce(office.term));
      }
      stance = incumbency.heard(told.node(), stance, now);
    }
  }

  private void onDigest(Digest digest, long now) {
    Office office = mine(digest.term(), digest.node());
    if (office != null && !office.agrees(digest, now)) {
      mail.differed(digest.node());
      mail.send(digest.node(), new Announce(office.term));
    }
  }

  /** The office, if a node takes this one for the owner rightly; if not, it is told who is. */
  private @Nullable Office mine(Term term, String node) {
    Office office = incumbency.office();
    if (office != null && term.equals(office.term)) {
      return office;
    }
    sayWhoOwns(node);
    return null;
  }

  // --- time

  /** What time alone brings. */
  public void tick(long now) {
    wake(now);
    tickedAt = now;
    electorate.forget(now);
    switch (stance) {
      case Following following -> tickFollowing(following, now);
      case TakingOver taking -> stance = incumbency.tickTakingOver(taking, now);
      case Owning owning -> incumbency.tickOwning(leaving, now);
    }
    Office office = incumbency.office();
    if (office != null) {
      office.resend(now);
      if (office.dispatcher.nextTickAt() <= now) {
        office.dispatcher.tick(now);
      }
    }
  }

  private void tickFollowing(Following following, long now) {
    if (succession.isDue(following, now)) {
      Set<String> awaited = electorate.others();
      awaited.remove(following.term().node());
      takeOver(awaited, following.term(), now);
      return;
    }
    if (attendance.reportDue(now)) {
      report(now);
    }
    attendance.tick(this::toOwner, now);
  }

  /**
   * A node that was frozen does not know what has happened since, and what it hears first is old. An owner asks before it
   * grants: somebody may have followed it. Any other begins a session, so that no grant counts that was given before; it
   * can't tell whether its owner was silent.
   */
  private void wake(long now) {
    boolean slept = now - tickedAt >= Timing.FROZEN;
    if (stance instanceof Owning) {
      if (incumbency.mayBeOver(now)) {
        stance = incumbency.ask(electorate.others(), now);
      }
    } else if (slept && stance instanceof Following following) {
      stance = following.heard(now);
      report(now);
    }
    if (slept) {
      tickedAt = now;
    }
  }

  // --- changes of stance

  private void takeOver(Set<String> awaited, Term after, long now) {
    stance = incumbency.takeOver(awaited, after, lastBeat(), attendance.stop(now), now);
  }

  private void follow(Term term, long now) {
    Heard last = lastBeat();
    attendance.follow(term, incumbency.end(now), now);
    stance = new Following(term, now, last);
    mail.changed(stance);
    report(now);
  }

  /** Kept from owner to owner: one that dies before its first beat must not take with it what those before it held. */
  private @Nullable Heard lastBeat() {
    return stance instanceof Following following ? following.last() : incumbency.inherited();
  }

  private void report(long now) {
    if (!stance.term().equals(Term.NONE)) {
      toOwner(attendance.report(now));
    }
  }

  /** This node is about to leave: it hands over what it owns, and is chosen for nothing. */
  public void leave(long now) {
    leaving = true;
    incumbency.willHandOver(now);
    electorate.leaves(self, now);
    electorate.others().forEach(node -> mail.send(node, new Farewell(stance.term(), self)));
    tick(now);
  }

  /** Whether somebody else dispatches, or nobody is there who could. */
  public boolean hasHandedOver() {
    return incumbency.office() == null || electorate.staying(self).isEmpty();
  }

  /** The same, and the owner has heard everything that this node's runs had to say. */
  public boolean hasSaidAll() {
    return electorate.staying(self).isEmpty()
        || (incumbency.office() == null && attendance.isHeard());
  }

  // --- what is to be done

  /**
   * What is to be done, in order.
   *
   * @param most decisions of the dispatcher, so that a burst can't keep others off the event loop
   */
  public List<Effect> turn(int most, long now) {
    wake(now);
    more = false;
    Office office = incumbency.office();
    if (office != null) {
      if (stance instanceof Owning) {
        more = decide(office, most, now) == most;
      }
      office.flush(mail::send, now);
    } else {
      attendance.flush(this::toOwner, now);
    }
    return mail.take();
  }

  /** Whether the last turn ended before the dispatcher had nothing more to decide. */
  public boolean more() {
    return more;
  }

  private int decide(Office open, int most, long now) {
    int count = 0;
    for (; count < most; count++) {
      Decision decision = open.dispatcher.next(now);
      if (decision == null) {
        break;
      }
      if (!open.rules(decision, now)) {
        answer(decision, 0, now);
      }
    }
    return count;
  }

  /** A decision about a run of this node. A permit for one that no longer waits is given back. */
  private void answer(Decision decision, long number, long now) {
    Ledger.Entry entry = decision instanceof Decision.Granted granted
        ? ledger.granted(granted.run(), granted.permit(), granted.server(), number, now)
        : ledger.decided(decision.run());
    if (entry != null) {
      mail.answer(entry.asker, decision);
    } else if (decision instanceof Decision.Granted granted) {
      pass(new Telling.Done(granted.run(), granted.permit(), Ending.UNUSED, 0), null, now);
    }
  }

  public Stance stance() {
    return stance;
  }

  /** The dispatcher, while this node owns or takes over. */
  public @Nullable Dispatcher dispatcher() {
    Office office = incumbency.office();
    return office == null ? null : office.dispatcher;
  }

  public Part part() {
    return incumbency.part();
  }

  private void toOwner(PeerMessage message) {
    mail.send(stance.term().node(), message);
  }
}
