package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Future;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cluster-wide table of servers. Only health writes it; everybody reads it from this node's copy.
 *
 * <p>Entries are replaced whole by compare-and-set; no lock, no file.
 */
public interface ServerMap {

  /** What this node knows now, by server id, in order of id. Never blocks. */
  Map<String, ServerEntry> snapshot();

  /**
   * Replaces {@code expected} (null: no entry yet) by {@code next} (null: remove), if the entry still has the version of
   * {@code expected}.
   *
   * @return whether it had
   * @throws IllegalArgumentException if {@code next} is another server's, or its version is not above that of {@code
   *     expected}
   */
  Future<Boolean> replace(String id, @Nullable ServerEntry expected, @Nullable ServerEntry next);

  /**
   * Calls {@code listener} on the caller's context, on a turn of its own, when something has changed, until the returned
   * handle is run. What changes in quick succession may arrive as one snapshot; the last one always arrives.
   */
  Runnable listen(Consumer<Map<String, ServerEntry>> listener);

  /** What every implementation of {@link #replace} checks first. */
  static void requireReplaceable(
      String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
    if (next == null) {
      return;
    }
    if (!next.id().equals(id)) {
      throw new IllegalArgumentException(
          "entry of server " + next.id() + " (expected: " + id + ")");
    }
    long before = expected == null ? 0 : expected.version();
    if (next.version() <= before) {
      throw new IllegalArgumentException(
          "server " + id + ": version " + next.version() + " (expected: above " + before + ")");
    }
  }
}
