package io.gradelane.core.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that one pass sees.
 *
 * @param hosts the living ones of the table, read after the listing: what the provider has was written down before it was
 *     asked for
 * @param listing what the provider lists
 * @param pool what the pool says of its servers that are fleet hosts; empty if it could not be asked
 * @param answering launching hosts whose server has answered
 */
public record FleetView(
    Outlook outlook,
    List<Host> hosts,
    Listing listing,
    Optional<Map<HostId, HostUse>> pool,
    Set<HostId> answering) {

  public FleetView {
    hosts = List.copyOf(hosts);
    pool = pool.map(Map::copyOf);
    answering = Set.copyOf(answering);
  }

  public Instant now() {
    return outlook.now();
  }
}
