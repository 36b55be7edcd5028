package io.gradelane.core.fleet;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the pool says of the server on a host.
 *
 * @param closed whether whoever grants has been told to grant nothing there, and has said that he won't
 * @param inUse runs in flight there, quarantined permits included
 * @param downSince since when health holds it to be down; null if it does not
 */
public record HostUse(boolean closed, int inUse, @Nullable Instant downSince) {

  /** Nothing runs, and nothing can begin. */
  boolean idle() {
    return closed && inUse == 0;
  }
}
