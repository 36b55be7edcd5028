package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The owner's end of the conversation with one other node: what that one holds and waits for, and what it is told. */
final class Party {

  final String node;
  long session;
  Ledger ledger = new Ledger();
  Outbox<Decision> outbox = new Outbox<>();
  Intake intake = new Intake();

  /** Tellings of the session that must have come before the report is whole. */
  private int awaited;

  private long heardAt;

  /** Whether it has not been heard for long; its permits are isolated, and it must report before it is heard again. */
  boolean absent;

  /** Permits that were isolated because the node is absent, until it reports. */
  final Set<PermitId> isolated = new HashSet<>();

  private int differences;

  Party(String node, long now) {
    this.node = node;
    this.heardAt = now;
  }

  /** A node that did not report: what it held by the last owner's word. */
  static Party absent(NodeHoldings last, long now) {
    Party party = new Party(last.node(), now);
    party.absent = true;
    party.mayHold(last);
    return party;
  }

  /** Another owner has missed it too, and knew of these. */
  void mayHold(NodeHoldings last) {
    last.holdings().forEach(holding -> isolated.add(holding.permit()));
  }

  void begins(PeerMessage.Report report, long now) {
    session = report.session();
    ledger = new Ledger();
    outbox = new Outbox<>();
    intake = new Intake();
    intake.owe(now);
    awaited = report.waiting();
    absent = false;
    differences = 0;
    isolated.clear();
  }

  /** Whether everything that the report announced has come. */
  boolean hasReported() {
    return session > 0 && !absent && intake.last() >= awaited;
  }

  void heard(long now) {
    heardAt = now;
  }

  boolean silent(boolean visible, long now) {
    return now - heardAt >= (visible ? Timing.SILENCE : Timing.SILENCE_OF_GONE_NODE);
  }

  /** Whether it has differed twice in a row: once may be a decision on its way. */
  boolean differs(PeerMessage.Digest digest) {
    boolean same = sum(digest).matches(digest);
    differences = same ? 0 : differences + 1;
    return differences >= 2;
  }

  private Sum sum(PeerMessage.Digest digest) {
    Sum sum = ledger.sum(digest.seen());
    for (Decision decision : outbox.left()) {
      if (!(decision instanceof Decision.Granted)) {
        sum.waits(decision.run());
      }
    }
    return sum;
  }

  /** @param quarantined the owner's quarantine: it knows how long those that are isolated still count */
  NodeHoldings holdings(List<Holding> quarantined, long now) {
    List<Holding> all = new ArrayList<>(ledger.holdings(now));
    quarantined.stream().filter(holding -> isolated.contains(holding.permit())).forEach(all::add);
    return new NodeHoldings(node, all);
  }

  void flush(Term term, Consumer<PeerMessage> consumer, long now) {
    while (outbox.hasUnsent()) {
      List<NumberedDecision> decisions = new ArrayList<>();
      outbox.send((number, decision) -> decisions.add(new NumberedDecision(number, decision)), now);
      consumer.accept(ruled(term, decisions));
    }
    if (intake.due(now)) {
      consumer.accept(ruled(term, List.of()));
    }
  }

  private PeerMessage.Ruled ruled(Term term, List<NumberedDecision> decisions) {
    var ruled = new PeerMessage.Ruled(term, session, intake.last(), intake.gap(), decisions);
    intake.told();
    return ruled;
  }
}
