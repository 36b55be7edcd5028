package io.gradelane.cluster;

import java.util.List;
import java.util.function.Consumer;

/**
 * Who is in the cluster, as this node sees it. A hint, never the truth: a member may be gone, or frozen, for a while
 * before it is missed, and during a split each side sees itself alone.
 */
public interface Members {

  /** This node. */
  Member self();

  /** All that this node sees, itself included; the one that joined first comes first. Never blocks. */
  List<Member> snapshot();

  /**
   * Calls {@code listener} on the caller's context, on a turn of its own, when somebody has joined or left, until the
   * returned handle is run. Changes in quick succession may arrive as one; the last one always arrives.
   */
  Runnable listen(Consumer<List<Member>> listener);
}
