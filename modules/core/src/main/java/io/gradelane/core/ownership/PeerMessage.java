package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.VersionedLane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the nodes of a pool tell each other. Any of them may be lost, late or doubled.
 *
 * <p>A node and its owner number what they tell each other within a session; a {@link Report} begins one. So what was
 * lost is sent again, and what comes twice counts once.
 */
public sealed interface PeerMessage {

  /** The owner's, as the sender knows it; a receiver that knows a later one answers {@link Moved}. */
  Term term();

  /**
   * The owner lives. From the owner to every node, twice a second.
   *
   * @param nodes what each node holds
   * @param orphans permits of which nobody knows how they ended
   * @param lanes those that an operator has changed
   */
  record Beat(Term term, List<NodeHoldings> nodes, List<Holding> orphans, List<VersionedLane> lanes)
      implements PeerMessage {
    public Beat {
      nodes = List.copyOf(nodes);
      orphans = List.copyOf(orphans);
      lanes = List.copyOf(lanes);
    }

    /** What it says, so much later: less is left of what is held. */
    Beat after(long millis) {
      return new Beat(
          term, NodeHoldings.after(nodes, millis), Holding.after(orphans, millis), lanes);
    }
  }

  /** Report to me. From an owner to a node of which it needs to know everything: in a takeover, or because they differ. */
  record Announce(Term term) implements PeerMessage {}

  /**
   * Everything that a node holds; begins a session. The runs that wait follow as the session's first tellings.
   *
   * @param session counts the reports of the node; one that is not above the last is old
   * @param orphans if the node was the owner before: permits of which nobody knows how they ended
   * @param waiting how many tellings follow at once
   * @param missing if the node was the owner before: what nodes may hold that it did not hear any more
   */
  record Report(
      Term term,
      String node,
      long session,
      List<Held> held,
      List<Holding> orphans,
      List<VersionedLane> lanes,
      int waiting,
      List<NodeHoldings> missing)
      implements PeerMessage {
    public Report {
      held = List.copyOf(held);
      orphans = List.copyOf(orphans);
      lanes = List.copyOf(lanes);
      missing = List.copyOf(missing);
    }
  }

  /**
   * What the runs of a node have to say, in order.
   *
   * @param seen the last decision of the session that has come
   * @param gap whether one that came after it shows that some are lost
   */
  record Told(
      Term term, String node, long session, long seen, boolean gap, List<NumberedTelling> tellings)
      implements PeerMessage {
    public Told {
      tellings = List.copyOf(tellings);
    }
  }

  /**
   * What the owner decided for the runs of a node, in order.
   *
   * @param heard the last telling of the session that has come
   * @param gap whether one that came after it shows that some are lost
   */
  record Ruled(Term term, long session, long heard, boolean gap, List<NumberedDecision> decisions)
      implements PeerMessage {
    public Ruled {
      decisions = List.copyOf(decisions);
    }
  }

  /**
   * What a node holds, in short: compared by the owner when all up to {@code told} has come. Every second.
   *
   * @param told the last telling of the session
   * @param seen the last decision of the session that has come
   * @param held permits that it holds
   * @param heldHash of their names
   * @param waiting runs that wait
   * @param waitingHash of their names
   */
  record Digest(
      Term term,
      String node,
      long session,
      long told,
      long seen,
      int held,
      long heldHash,
      int waiting,
      long waitingHash)
      implements PeerMessage {}

  /** Not I: the latest owner that I know of. The answer to whoever takes another for the owner. */
  record Moved(Term term, String node) implements PeerMessage {}

  /** Follow me now: I am about to leave. From the owner to its successor, with its last beat. */
  record Handover(Beat last) implements PeerMessage {
    @Override
    public Term term() {
      return last.term();
    }
  }

  /** I am about to leave: choose me for nothing, and don't miss me. To every node. */
  record Farewell(Term term, String node) implements PeerMessage {}

  /** The permits of one node. */
  record NodeHoldings(String node, List<Holding> holdings) {
    public NodeHoldings {
      holdings = List.copyOf(holdings);
    }

    static List<NodeHoldings> after(List<NodeHoldings> nodes, long millis) {
      return nodes.stream()
          .map(each -> new NodeHoldings(each.node, Holding.after(each.holdings, millis)))
          .toList();
    }
  }

  /**
   * One permit, from its holder.
   *
   * @param agoMillis how long ago it was granted
   */
  record Held(Want want, PermitId permit, String server, long agoMillis) {}

  /** @param telling null if it is of a kind that this build does not know */
  record NumberedTelling(long number, @Nullable Telling telling) {}

  /** @param decision null if it is of a kind that this build does not know */
  record NumberedDecision(long number, @Nullable Decision decision) {}
}
