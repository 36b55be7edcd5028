package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import java.util.List;

/**
 * What an owner leaves to the next one. The two are told apart because of a missing node's permits its own word is
 * worth more than anybody's books: a side of a split takes the other one's nodes for missing.
 *
 * @param orphans permits of which nobody knows how they ended
 * @param missing what nodes may still hold that were not heard any more
 */
record Estate(List<Holding> orphans, List<NodeHoldings> missing) {

  static final Estate NONE = new Estate(List.of(), List.of());

  Estate {
    orphans = List.copyOf(orphans);
    missing = List.copyOf(missing);
  }

  /** What it comes to so much later. */
  Estate after(long millis) {
    return new Estate(Holding.after(orphans, millis), NodeHoldings.after(missing, millis));
  }

  boolean isEmpty() {
    return orphans.isEmpty() && missing.isEmpty();
  }
}
