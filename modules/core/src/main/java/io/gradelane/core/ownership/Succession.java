package io.gradelane.core.ownership;

import io.gradelane.core.ownership.Stance.Following;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** When it is this node's turn to follow an owner. All nodes judge alike, so seldom two begin at once. */
final class Succession {

  private final String self;
  private final Electorate electorate;

  /** Nodes that have said that they know of no owner either. */
  private final Set<String> unaware = new HashSet<>();

  Succession(String self, Electorate electorate) {
    this.self = self;
    this.electorate = electorate;
  }

  /** A node knows of no owner. True if that is news. */
  boolean knowsNobody(String node) {
    return unaware.add(node);
  }

  /**
   * Whether the owner has been silent for so long that it is this node's turn. One that has heard no beat of it comes
   * after all others: it does not know what the owner held, and would grant that again.
   */
  boolean isDue(Following following, long now) {
    String owner = following.term().node();
    List<String> candidates = electorate.candidates(owner);
    int rank = candidates.indexOf(self);
    if (rank < 0) {
      return false;
    }
    if (owner.isEmpty() && unaware.containsAll(electorate.others())) {
      return rank == 0;
    }
    if (!owner.isEmpty() && !following.hasHeardABeat()) {
      rank += candidates.size();
    }
    boolean gone = !owner.isEmpty() && !electorate.sees(owner);
    long silence = gone ? Timing.SILENCE_OF_GONE_OWNER : Timing.SILENCE;
    return now - following.heardAt() >= silence + rank * Timing.CANDIDATE;
  }
}
