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
   * Replaces {@code expected} (null: no entry yet) by {@code next} (null: remove).
   *
   * @return whether it was still {@code expected}
   */
  Future<Boolean> replace(String id, @Nullable ServerEntry expected, @Nullable ServerEntry next);

  /** Calls {@code listener} on the caller's context with each changed snapshot, until the returned handle is run. */
  Runnable listen(Consumer<Map<String, ServerEntry>> listener);
}
