package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Digest;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import io.gradelane.core.ownership.PeerMessage.NumberedTelling;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.PeerMessage.Told;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** What an owner has in its term: the dispatcher, and what every node holds. Ends with the term. */
final class Office {

  final Term term;
  final Dispatcher dispatcher;
  private final Ledger own;
  private final LaneBook lanes;
  private final Map<String, Party> parties = new HashMap<>();

  /** Who waits for the decision about a run, if it is another node. */
  private final Map<RunId, Party> askers = new HashMap<>();

  Office(Term term, Dispatcher dispatcher, Ledger own, LaneBook lanes) {
    this.term = term;
    this.dispatcher = dispatcher;
    this.own = own;
    this.lanes = lanes;
  }

  /**
   * Takes over what this very node holds and waits for.
   *
   * @param left what it left as the owner before
   */
  void begin(Estate left, String self, long now) {
    left.orphans().forEach(holding -> dispatcher.isolate(holding, now));
    isolateAbsent(left.missing(), self, now);
    own.forEachHeld(entry ->
        dispatcher.adopt(entry.want, entry.permit(), entry.server(), entry.agoMillis(now), now));
    own.forEachWaiting(entry -> dispatcher.waits(entry.waiting(now).want(), now));
  }

  /** All who could report have: what others held by the last owner's word may still be executing. */
  void isolateMissing(Beat last, String self, long now) {
    for (NodeHoldings missing : last.nodes()) {
      Party party = parties.get(missing.node());
      if (!missing.node().equals(self) && (party == null || !party.hasReported())) {
        parties.put(missing.node(), Party.absent(missing, now));
        isolate(missing.holdings(), now);
      }
    }
    isolate(last.orphans(), now);
  }

  /** What nodes may hold that another owner did not hear. One that this owner has heard knows better. */
  private void isolateAbsent(List<NodeHoldings> missing, String self, long now) {
    for (NodeHoldings each : missing) {
      Party party = parties.get(each.node());
      if (each.node().equals(self) || (party != null && !party.absent)) {
        continue;
      }
      if (party == null) {
        parties.put(each.node(), Party.absent(each, now));
      } else {
        party.mayHold(each);
      }
      isolate(each.holdings(), now);
    }
  }

  /** True if it was new. */
  boolean reported(Report report, String self, long now) {
    Party party = parties.computeIfAbsent(report.node(), node -> new Party(node, now));
    party.heard(now);
    if (report.session() <= party.session) {
      return false;
    }
    Ledger before = party.ledger;
    Set<PermitId> isolated = Set.copyOf(party.isolated);
    party.begins(report, now);
    report.held().forEach(held -> party.ledger.holds(held, now));
    forget(before, isolated, report, now);
    for (PeerMessage.Held held : report.held()) {
      dispatcher.adopt(held.want(), held.permit(), held.server(), held.agoMillis(), now);
    }
    isolate(report.orphans(), now);
    isolateAbsent(report.missing(), self, now);
    return true;
  }

  /** What the node had by our books and not by its report has ended. */
  private void forget(Ledger before, Set<PermitId> isolated, Report report, long now) {
    Set<PermitId> held = new HashSet<>();
    report.held().forEach(each -> held.add(each.permit()));
    before.forEachWaiting(entry -> {
      askers.remove(entry.want.run());
      dispatcher.cancel(entry.want.run(), now);
    });
    before.forEachHeld(entry -> {
      if (!held.contains(entry.permit())) {
        dispatcher.done(entry.want.run(), entry.permit(), Ending.UNUSED, 0, now);
      }
    });
    isolated.stream()
        .filter(permit -> !held.contains(permit))
        .forEach(permit -> dispatcher.release(permit, now));
  }

  private void isolate(List<Holding> holdings, long now) {
    if (holdings.isEmpty()) {
      return;
    }
    Set<PermitId> held = new HashSet<>();
    own.forEachHeld(entry -> held.add(entry.permit()));
    parties.values().forEach(party -> party.ledger.forEachHeld(entry -> held.add(entry.permit())));
    holdings.stream()
        .filter(holding -> !held.contains(holding.permit()))
        .forEach(holding -> dispatcher.isolate(holding, now));
  }

  /** Takes what a node tells, in order. False if it must report first. */
  boolean told(Told told, long now) {
    Party party = parties.get(told.node());
    if (party == null || party.absent || told.session() > party.session) {
      return false;
    }
    party.heard(now);
    if (told.session() < party.session) {
      return true;
    }
    party.outbox.acknowledge(told.seen(), now);
    if (told.gap()) {
      party.outbox.sendAgain(now);
    }
    for (NumberedTelling telling : told.tellings()) {
      if (party.intake.takes(telling.number(), now) && telling.telling() != null) {
        take(party, telling.telling(), now);
      }
    }
    return true;
  }

  /** Compares what a node holds with what it should. False if it must report. */
  boolean agrees(Digest digest, long now) {
    Party party = parties.get(digest.node());
    if (party == null || party.absent || digest.session() > party.session) {
      return false;
    }
    party.heard(now);
    if (digest.session() < party.session || digest.told() != party.intake.last()) {
      return true;
    }
    party.outbox.acknowledge(digest.seen(), now);
    return !party.differs(digest);
  }

  private void take(Party party, Telling telling, long now) {
    switch (telling) {
      case Telling.Wanted wanted -> waits(party, wanted.want(), now);
      case Telling.Waits waits -> waits(party, waits.want(), now);
      case Telling.Cancelled cancelled -> party.ledger.cancelled(cancelled.run());
      case Telling.Done done -> party.ledger.ends(done.run(), done.permit());
      case Telling.Doubted doubted -> {
        party.ledger.ends(doubted.run(), doubted.permit());
        waits(party, doubted.quiet(), now);
      }
    }
    apply(telling, now);
  }

  private void waits(Party party, Want want, long now) {
    if (party.ledger.wants(want, "", now)) {
      askers.put(want.run(), party);
    }
  }

  /** Tells the dispatcher what a run of any node has to say. */
  void apply(Telling telling, long now) {
    switch (telling) {
      case Telling.Wanted wanted -> dispatcher.want(wanted.want(), now);
      case Telling.Waits waits -> dispatcher.waits(waits.want(), now);
      case Telling.Cancelled cancelled -> dispatcher.cancel(cancelled.run(), now);
      case Telling.Done done ->
        dispatcher.done(done.run(), done.permit(), done.ending(), done.millis(), now);
      case Telling.Doubted doubted ->
        dispatcher.doubt(doubted.run(), doubted.permit(), doubted.millis(), doubted.quiet(), now);
    }
  }

  /** Enters a decision into the books of another node; false if it is about a run of this one. */
  boolean rules(Decision decision, long now) {
    Party party = askers.remove(decision.run());
    if (party == null) {
      return false;
    }
    party.outbox.add(decision);
    if (decision instanceof Decision.Granted granted) {
      long number = party.outbox.last();
      party.ledger.granted(granted.run(), granted.permit(), granted.server(), number, now);
    } else {
      party.ledger.decided(decision.run());
    }
    return true;
  }

  /** Isolates what nodes hold that have not been heard for long. */
  void missSilent(Electorate electorate, long now) {
    for (Party party : List.copyOf(parties.values())) {
      if (party.absent) {
        forgetEnded(party, now);
      } else if (party.silent(electorate.sees(party.node), now)) {
        miss(party, now);
      }
    }
  }

  private void miss(Party party, long now) {
    party.absent = true;
    party.ledger.forEachHeld(entry -> {
      dispatcher.isolate(entry.want.run(), entry.permit(), now);
      party.isolated.add(entry.permit());
    });
    party.ledger.forEachWaiting(entry -> {
      askers.remove(entry.want.run());
      dispatcher.cancel(entry.want.run(), now);
    });
    party.ledger = new Ledger();
    party.outbox = new Outbox<>();
  }

  private void forgetEnded(Party party, long now) {
    Set<PermitId> still = new HashSet<>();
    dispatcher.quarantined(now).forEach(holding -> still.add(holding.permit()));
    party.isolated.retainAll(still);
    if (party.isolated.isEmpty()) {
      parties.remove(party.node);
    }
  }

  /** Nodes that are heard. */
  Set<String> present() {
    Set<String> present = new HashSet<>();
    parties.values().forEach(party -> {
      if (!party.absent && party.session > 0) {
        present.add(party.node);
      }
    });
    return present;
  }

  boolean hasReported(String node) {
    Party party = parties.get(node);
    return party != null && party.hasReported();
  }

  Beat beat(String self, long now) {
    List<Holding> quarantined = dispatcher.quarantined(now);
    List<NodeHoldings> nodes = new ArrayList<>();
    nodes.add(new NodeHoldings(self, own.holdings(now)));
    parties.values().forEach(party -> nodes.add(party.holdings(quarantined, now)));
    return new Beat(term, nodes, orphans(quarantined), lanes.changed());
  }

  /** What is left to the next owner, when this one follows it. */
  Estate estate(long now) {
    List<Holding> quarantined = dispatcher.quarantined(now);
    List<NodeHoldings> missing = parties.values().stream()
        .filter(party -> party.absent)
        .map(party -> party.holdings(quarantined, now))
        .toList();
    return new Estate(orphans(quarantined), missing);
  }

  /** Quarantined permits but those of missing nodes. */
  private List<Holding> orphans(List<Holding> quarantined) {
    Set<PermitId> missed = new HashSet<>();
    parties.values().forEach(party -> missed.addAll(party.isolated));
    return quarantined.stream()
        .filter(holding -> !missed.contains(holding.permit()))
        .toList();
  }

  void resend(long now) {
    parties.values().forEach(party -> party.outbox.resendIfSilent(now));
  }

  void flush(BiConsumer<String, PeerMessage> consumer, long now) {
    for (Party party : parties.values()) {
      if (!party.absent) {
        Consumer<PeerMessage> one = message -> consumer.accept(party.node, message);
        party.flush(term, one, now);
      }
    }
  }
}
