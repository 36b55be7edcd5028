package io.gradelane.core.dispatch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a run may go: runs with equal answers share one object, so that asking "can anything of this lane go
 * anywhere?" costs as many looks as there are kinds, not as there are runs.
 */
final class Kind {

  /** Kinds above this number share one bit of the masks; whoever meets it looks at {@link #open}. */
  static final int OVERFLOW = 63;

  static final long OVERFLOW_BIT = 1L << OVERFLOW;

  /** @param pinned the only server it may run on, or null */
  record Key(
      String language, Set<String> excluded, @Nullable String pinned, boolean quiet) {}

  final Key key;
  final int id;
  final long bit;

  /** Runs of this kind that wait in any lane; those that hold a server are not counted. */
  int waiting;

  /** {@link #waiting} and those that hold a server: while there are any, the kind is kept. */
  int asks;

  /** Whether one may go now, for the lane that is being looked at. Written before every look. */
  boolean open;

  /** The servers that it may use, in whatever state, as bits of their indexes; see {@link Servers}. */
  long[] candidates = new long[0];

  /** The {@link Servers#version} for which {@link #candidates} holds. */
  long candidatesVersion = -1;

  boolean anyCandidate;

  Kind(Key key, int id) {
    this.key = key;
    this.id = id;
    this.bit = 1L << Math.min(id, OVERFLOW);
  }

  boolean quiet() {
    return key.quiet;
  }

  boolean pinned() {
    return key.pinned != null;
  }

  boolean plain() {
    return key.pinned == null && !key.quiet && key.excluded.isEmpty();
  }

  boolean mayUse(Server server) {
    int word = server.index >>> 6;
    return word < candidates.length && (candidates[word] & (1L << server.index)) != 0;
  }
}
