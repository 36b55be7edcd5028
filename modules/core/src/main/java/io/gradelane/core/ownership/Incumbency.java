package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.Announce;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Handover;
import io.gradelane.core.ownership.Stance.Owning;
import io.gradelane.core.ownership.Stance.TakingOver;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's time as the pool's owner: it takes over, asks what the others hold, beats, takes its part of the slots, and
 * hands over. Steps that end in another stance return it.
 */
final class Incumbency {

  private final String self;
  private final PoolSettings settings;
  private final Ledger ledger;
  private final LaneBook lanes;
  private final Electorate electorate;
  private final Mail mail;

  /** While it lasts. */
  private @Nullable Office office;

  /** What is held by the last word that was heard of it; counts for those who don't report. */
  private @Nullable Heard inherited;

  private Part part = Part.ALL;
  private long beatAt;
  private long announcedAt;
  private long handedOverAt;

  Incumbency(
      String self,
      PoolSettings settings,
      Ledger ledger,
      LaneBook lanes,
      Electorate electorate,
      Mail mail) {
    this.self = self;
    this.settings = settings;
    this.ledger = ledger;
    this.lanes = lanes;
    this.electorate = electorate;
    this.mail = mail;
  }

  @Nullable
  Office office() {
    return office;
  }

  @Nullable
  Heard inherited() {
    return inherited;
  }

  Part part() {
    return part;
  }

  /**
   * Begins, or begins anew, in the term behind {@code after}.
   *
   * @param awaited who must report before anything is granted
   * @param last the last beat of those before; null if none was heard
   * @param left what this node itself left as an owner before
   */
  Stance takeOver(Set<String> awaited, Term after, @Nullable Heard last, Estate left, long now) {
    inherit(last, now);
    Term term = after.next(self);
    Office next = new Office(term, settings.open(term, now), ledger, lanes);
    office = next;
    part = Part.ALL;
    next.begin(left, self, now);
    return ask(awaited, now);
  }

  private void inherit(@Nullable Heard last, long now) {
    Office before = office;
    if (before == null) {
      inherited = last;
      return;
    }
    if (inherited != null) {
      before.isolateMissing(inherited.by(now), self, now);
    }
    inherited = new Heard(before.beat(self, now), now);
  }

  /** Grants nothing until those who are awaited have reported. */
  Stance ask(Set<String> awaited, long now) {
    TakingOver taking = new TakingOver(open().term, now, awaited);
    mail.changed(taking);
    announcedAt = now;
    electorate.others().forEach(node -> mail.send(node, new Announce(taking.term())));
    return awaited.isEmpty() ? own(now) : taking;
  }

  /** A node has spoken: perhaps nobody is awaited any more. */
  Stance heard(String node, Stance stance, long now) {
    boolean awaits = stance instanceof TakingOver taking && taking.awaited().contains(node);
    if (!awaits || !open().hasReported(node)) {
      return stance;
    }
    TakingOver taking = (TakingOver) stance;
    Set<String> awaited = new HashSet<>(taking.awaited());
    awaited.remove(node);
    return awaited.isEmpty() ? own(now) : new TakingOver(taking.term(), taking.since(), awaited);
  }

  Stance tickTakingOver(TakingOver taking, long now) {
    if (now - taking.since() >= Timing.REPORTS) {
      return own(now);
    }
    if (now - announcedAt >= Timing.ANNOUNCE_AGAIN) {
      announcedAt = now;
      taking.awaited().forEach(node -> mail.send(node, new Announce(taking.term())));
    }
    return taking;
  }

  private Stance own(long now) {
    if (inherited != null) {
      open().isolateMissing(inherited.by(now), self, now);
      inherited = null;
    }
    Owning owning = new Owning(open().term);
    takeItsPart(now);
    beat(now);
    mail.changed(owning);
    return owning;
  }

  void tickOwning(boolean leaving, long now) {
    open().missSilent(electorate, now);
    takeItsPart(now);
    if (now - beatAt >= Timing.BEAT) {
      beat(now);
    }
    if (leaving && now - handedOverAt >= Timing.HAND_OVER_AGAIN) {
      handOver(now);
    }
  }

  /** The next tick hands over. */
  void willHandOver(long now) {
    handedOverAt = now - Timing.HAND_OVER_AGAIN;
  }

  private void handOver(long now) {
    handedOverAt = now;
    electorate.staying(self).stream()
        .findFirst()
        .ifPresent(successor -> mail.send(successor, new Handover(open().beat(self, now))));
  }

  /** Whether it has been still for so long that another one may have begun. */
  boolean mayBeOver(long now) {
    boolean hasPeers = !electorate.isAlone() || !open().present().isEmpty();
    return hasPeers && now - beatAt >= Timing.FROZEN;
  }

  /** Somebody of a later term is the owner. */
  Estate end(long now) {
    Estate left = office == null ? Estate.NONE : office.estate(now);
    office = null;
    inherited = null;
    part = Part.ALL;
    return left;
  }

  private void takeItsPart(long now) {
    Set<String> seen = open().present();
    seen.add(self);
    Part next = electorate.part(seen);
    if (!next.equals(part)) {
      part = next;
      settings.part(open().dispatcher, next, now);
    }
  }

  private void beat(long now) {
    beatAt = now;
    Set<String> nodes = electorate.others();
    nodes.addAll(open().present());
    if (!nodes.isEmpty()) {
      Beat beat = open().beat(self, now);
      nodes.forEach(node -> mail.send(node, beat));
    }
  }

  private Office open() {
    return Objects.requireNonNull(office);
  }
}
