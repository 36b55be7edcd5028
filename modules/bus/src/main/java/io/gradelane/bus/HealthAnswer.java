package io.gradelane.bus;

import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import java.util.List;
import java.util.Map;

/** Health's answer to a {@link HealthCommand}. */
public sealed interface HealthAnswer {

  /**
   * @param servers as they are after the probes, by id
   * @param problem why the configured servers could not be read again, so that the old ones stay; empty if they were
   */
  record Refreshed(Map<String, ServerEntry> servers, String problem) implements HealthAnswer {
    public Refreshed {
      servers = Map.copyOf(servers);
    }
  }

  /** @param servers as this node's configuration has them now */
  record Configured(List<ServerSpec> servers) implements HealthAnswer {
    public Configured {
      servers = List.copyOf(servers);
    }
  }

  record Probed() implements HealthAnswer {}

  /** @param count how many entries it changed */
  record Restored(int count) implements HealthAnswer {}

  /** @param server as it is now; the same version as before if there was nothing to change */
  record Changed(ServerEntry server) implements HealthAnswer {}

  /** Something else has changed it since. */
  record Stale(ServerEntry current) implements HealthAnswer {}

  record NoSuchServer(String id) implements HealthAnswer {}

  /** A later leader of the fleet has spoken: this one changes nothing more. */
  record Outdated(long newest) implements HealthAnswer {}

  /** The host's server is as the fleet wants it: joined, closed or gone. */
  record Settled(String host) implements HealthAnswer {}

  /** @param text says which value is wrong and what was expected */
  record Invalid(String text) implements HealthAnswer {}
}
