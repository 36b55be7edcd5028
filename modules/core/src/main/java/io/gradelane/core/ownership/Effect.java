package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Decision;

/** What a {@link PoolNode} wants done. */
public sealed interface Effect {

  /** Tell another node. */
  record Send(String node, PeerMessage message) implements Effect {}

  /** Tell an asker of this node. */
  record Answer(String asker, Decision decision) implements Effect {}

  /** For the log. */
  record Changed(Stance stance) implements Effect {}

  /** For the log: the owner and a node did not agree on what the node holds, so it reports anew. */
  record Differed(String node) implements Effect {}
}
