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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One node's part in a pool: it follows the pool's owner, or is the owner. Pure, like the {@link Dispatcher} that it holds
 * while it owns: events come in with their time, {@link #turn} gives what is to be done.
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

  /** Nodes that have said that they know of no owner either. */
  private final Set<String> unaware = new HashSet<>();

  private List<Effect> effects = new ArrayList<>();
  private Stance stance = new Following(Term.NONE, 0, null);

  /** While this node owns or takes over. */
  private @Nullable Office office;

  private Part part = Part.ALL;
  private @Nullable Beat inherited;
  private long beatAt;
  private long announcedAt;
  private long handedOverAt;
  private long tickedAt;
  private boolean leaving;
  private boolean more;

  public PoolNode(String pool, String self, LaneBook lanes, PoolSettings settings) {
    this.self = self;
    this.lanes = lanes;
    this.settings = settings;
    this.attendance = new Attendance(self, ledger, lanes);
    this.electorate = new Electorate(pool, self);
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
      electorate.others().forEach(node -> send(node, new Moved(Term.NONE, self)));
    }
  }

  /** The members have changed. */
  public void members(Collection<String> nodes, long now) {
    for (String node : electorate.members(nodes, now)) {
      if (office != null) {
        send(node, new Announce(office.term));
      } else if (stance.term().equals(Term.NONE)) {
        send(node, new Moved(Term.NONE, self));
      }
    }
    tick(now);
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

  private void onBeat(Beat beat, long now) {
    if (!accepts(beat.term(), now)) {
      return;
    }
    stance = new Following(beat.term(), now, beat);
    lanes.learnFromOwner(beat.lanes());
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
      inherited = handover.last();
      takeOver(electorate.others(), handover.term(), now);
    }
  }

  /** Whether that is the owner: one of a later term is from now on, one of an earlier term is told so. */
  private boolean accepts(Term term, long now) {
    int order = term.compareTo(stance.term());
    if (order < 0) {
      send(term.node(), new Moved(stance.term(), self));
      return false;
    }
    if (order > 0) {
      follow(term, now);
    } else if (stance instanceof Following following) {
      stance = following.heard(now);
    }
    return office == null;
  }

  private void onMoved(Moved moved, long now) {
    int order = moved.term().compareTo(stance.term());
    if (moved.term().equals(Term.NONE) && stance.term().equals(Term.NONE)) {
      if (unaware.add(moved.node())) {
        send(moved.node(), new Moved(Term.NONE, self));
      }
    } else if (order < 0) {
      send(
          moved.node(),
          office != null ? new Announce(office.term) : new Moved(stance.term(), self));
    } else if (order > 0 && nobodyIsThere(moved.term())) {
      takeOver(electorate.others(), moved.term(), now);
    } else if (order > 0) {
      follow(moved.term(), now);
    }
  }

  /** Whether that later owner is one whom only an owner of a still later term can replace. */
  private boolean nobodyIsThere(Term later) {
    return later.node().equals(self) || (office != null && !electorate.sees(later.node()));
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

  private void onReport(Report report, long now) {
    if (isMine(report.term(), report.node()) && office != null) {
      if (office.reported(report, self, now) && lanes.learn(report.lanes())) {
        settings.lanes(office.dispatcher, now);
      }
      awaitLess(report.node(), now);
    }
  }

  private void onTold(Told told, long now) {
    if (isMine(told.term(), told.node()) && office != null) {
      if (!office.told(told, now)) {
        send(told.node(), new Announce(office.term));
      }
      awaitLess(told.node(), now);
    }
  }

  private void onDigest(Digest digest, long now) {
    if (isMine(digest.term(), digest.node()) && office != null && !office.agrees(digest, now)) {
      effects.add(new Effect.Differed(digest.node()));
      send(digest.node(), new Announce(office.term));
    }
  }

  /** Whether a node takes this one for the owner, and rightly; if not, it is told who is. */
  private boolean isMine(Term term, String node) {
    boolean mine = office != null && term.equals(office.term);
    if (!mine) {
      send(node, office != null ? new Announce(office.term) : new Moved(stance.term(), self));
    }
    return mine;
  }

  private void awaitLess(String node, long now) {
    if (office != null
        && stance instanceof TakingOver taking
        && taking.awaited().contains(node)
        && office.hasReported(node)) {
      Set<String> awaited = new HashSet<>(taking.awaited());
      awaited.remove(node);
      stance = new TakingOver(taking.term(), taking.since(), awaited);
      if (awaited.isEmpty()) {
        own(office, now);
      }
    }
  }

  /** What time alone brings. */
  public void tick(long now) {
    wake(now);
    tickedAt = now;
    electorate.forget(now);
    switch (stance) {
      case Following following -> tickFollowing(following, now);
      case TakingOver taking -> tickTakingOver(taking, now);
      case Owning owning -> tickOwning(now);
    }
    if (office != null) {
      office.resend(now);
      if (office.dispatcher.nextTickAt() <= now) {
        office.dispatcher.tick(now);
      }
    }
  }

  private void tickFollowing(Following following, long now) {
    if (isDue(following, now)) {
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
   * Whether the owner has been silent for so long that it is this node's turn to follow it. One that has heard no beat of
   * it comes after all others: it does not know what the owner held, and would grant that again.
   */
  private boolean isDue(Following following, long now) {
    String owner = following.term().node();
    List<String> candidates = electorate.candidates(owner);
    int rank = candidates.indexOf(self);
    if (rank < 0) {
      return false;
    }
    if (owner.isEmpty() && unaware.containsAll(electorate.others())) {
      return rank == 0;
    }
    if (!owner.isEmpty() && following.last() == null) {
      rank += candidates.size();
    }
    boolean gone = !owner.isEmpty() && !electorate.sees(owner);
    long silence = gone ? Timing.SILENCE_OF_GONE_OWNER : Timing.SILENCE;
    return now - following.heardAt() >= silence + rank * Timing.CANDIDATE;
  }

  private void tickTakingOver(TakingOver taking, long now) {
    Office open = Objects.requireNonNull(office);
    if (now - taking.since() >= Timing.REPORTS) {
      own(open, now);
    } else if (now - announcedAt >= Timing.ANNOUNCE_AGAIN) {
      announcedAt = now;
      taking.awaited().forEach(node -> send(node, new Announce(open.term)));
    }
  }

  private void tickOwning(long now) {
    Office open = Objects.requireNonNull(office);
    open.missSilent(electorate, now);
    takeItsPart(open, now);
    if (now - beatAt >= Timing.BEAT) {
      beat(open, now);
    }
    if (leaving && now - handedOverAt >= Timing.HAND_OVER_AGAIN) {
      handOver(open, now);
    }
  }

  private void handOver(Office open, long now) {
    handedOverAt = now;
    electorate.staying(self).stream()
        .findFirst()
        .ifPresent(successor -> send(successor, new Handover(open.beat(self, now))));
  }

  /**
   * A node that was frozen does not know what has happened since, and what it hears first is old. An owner asks before it
   * grants: somebody may have followed it. Any other begins a session, so that no grant counts that was given before; it
   * can't tell whether its owner was silent.
   */
  private void wake(long now) {
    boolean slept = now - tickedAt >= Timing.FROZEN;
    if (office != null && stance instanceof Owning) {
      if (now - beatAt >= Timing.FROZEN && hasPeers(office)) {
        ask(office, electorate.others(), now);
      }
    } else if (slept && stance instanceof Following following) {
      stance = following.heard(now);
      report(now);
    }
    if (slept) {
      tickedAt = now;
    }
  }

  private boolean hasPeers(Office open) {
    return !electorate.isAlone() || !open.present().isEmpty();
  }

  private void takeOver(Set<String> awaited, Term after, long now) {
    inherit(now);
    Term term = after.next(self);
    Office open = new Office(term, settings.open(term, now), ledger, lanes);
    office = open;
    part = Part.ALL;
    open.begin(attendance.stop(now), self, now);
    ask(open, awaited, now);
  }

  /** Grants nothing until those who are awaited have reported. */
  private void ask(Office open, Set<String> awaited, long now) {
    stance = new TakingOver(open.term, now, awaited);
    effects.add(new Effect.Changed(stance));
    announcedAt = now;
    electorate.others().forEach(node -> send(node, new Announce(open.term)));
    if (awaited.isEmpty()) {
      own(open, now);
    }
  }

  /** What this node last knew of all that is held. */
  private void inherit(long now) {
    if (office != null) {
      if (inherited != null) {
        office.isolateMissing(inherited, self, now);
      }
      inherited = office.beat(self, now);
    } else if (inherited == null && stance instanceof Following following) {
      inherited = following.last();
    }
  }

  private void own(Office open, long now) {
    if (inherited != null) {
      open.isolateMissing(inherited, self, now);
      inherited = null;
    }
    stance = new Owning(open.term);
    takeItsPart(open, now);
    beat(open, now);
    effects.add(new Effect.Changed(stance));
  }

  private void takeItsPart(Office open, long now) {
    Set<String> seen = open.present();
    seen.add(self);
    Part next = electorate.part(seen);
    if (!next.equals(part)) {
      part = next;
      settings.part(open.dispatcher, next, now);
    }
  }

  private void beat(Office open, long now) {
    beatAt = now;
    Set<String> nodes = electorate.others();
    nodes.addAll(open.present());
    if (!nodes.isEmpty()) {
      Beat beat = open.beat(self, now);
      nodes.forEach(node -> send(node, beat));
    }
  }

  private void follow(Term term, long now) {
    Estate left = Estate.NONE;
    if (office != null) {
      left = office.estate(now);
      office = null;
      inherited = null;
    }
    part = Part.ALL;
    stance = new Following(term, now, null);
    attendance.follow(term, left);
    effects.add(new Effect.Changed(stance));
    report(now);
  }

  private void report(long now) {
    if (!stance.term().equals(Term.NONE)) {
      toOwner(attendance.report(now));
    }
  }

  /** This node is about to leave: it hands over what it owns, and is chosen for nothing. */
  public void leave(long now) {
    leaving = true;
    handedOverAt = now - Timing.HAND_OVER_AGAIN;
    electorate.leaves(self, now);
    electorate.others().forEach(node -> send(node, new Farewell(stance.term(), self)));
    tick(now);
  }

  /** Whether somebody else dispatches, or nobody is there who could. */
  public boolean hasHandedOver() {
    return office == null || electorate.staying(self).isEmpty();
  }

  /** The same, and the owner has heard everything that this node's runs had to say. */
  public boolean hasSaidAll() {
    return electorate.staying(self).isEmpty() || (office == null && attendance.isHeard());
  }

  /**
   * What is to be done, in order.
   *
   * @param most decisions of the dispatcher, so that a burst can't keep others off the event loop
   */
  public List<Effect> turn(int most, long now) {
    wake(now);
    more = false;
    if (office != null) {
      if (stance instanceof Owning) {
        more = decide(office, most, now) == most;
      }
      office.flush(this::send, now);
    } else {
      attendance.flush(this::toOwner, now);
    }
    List<Effect> done = effects;
    effects = new ArrayList<>();
    return done;
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
      effects.add(new Effect.Answer(entry.asker, decision));
    } else if (decision instanceof Decision.Granted granted) {
      pass(new Telling.Done(granted.run(), granted.permit(), Ending.UNUSED, 0), null, now);
    }
  }

  public Stance stance() {
    return stance;
  }

  /** The dispatcher, while this node owns or takes over. */
  public @Nullable Dispatcher dispatcher() {
    return office == null ? null : office.dispatcher;
  }

  public Part part() {
    return part;
  }

  private void toOwner(PeerMessage message) {
    send(stance.term().node(), message);
  }

  private void send(String node, PeerMessage message) {
    if (!node.equals(self) && !node.isEmpty()) {
      effects.add(new Effect.Send(node, message));
    }
  }
}
