package io.gradelane.bus;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerWord;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an operator or the fleet asks of a node's health, and what the healths of two nodes ask each other, at {@link Addresses#health};
 * each is answered by a {@link HealthAnswer}.
 */
public sealed interface HealthCommand {

  /** In {@link Change#version}: whatever the entry is now. */
  long ANY_VERSION = 0;

  /**
   * Has all nodes read their configured servers again, and probes them all; answered when each has been probed or has not
   * answered in time.
   */
  record Refresh() implements HealthCommand {}

  /** From node to node: reads the configured servers again; answered by {@link HealthAnswer.Configured}. */
  record TellConfigured() implements HealthCommand {}

  /** From node to node: probes what is its to probe; answered by {@link HealthAnswer.Probed}, whatever came of it. */
  record ProbeAll() implements HealthCommand {}

  /**
   * What operators said of servers before everybody was stopped, as it was kept, by server id. It holds of those of which
   * nothing was said since; answered by {@link HealthAnswer.Restored}.
   */
  record Restore(Map<String, ServerWord> words) implements HealthCommand {
    public Restore {
      words = Map.copyOf(words);
    }
  }

  /** Something about one server. */
  sealed interface Change extends HealthCommand {

    /** The server's id. */
    String server();

    /** The entry's version that the asker has seen; with another one the answer is {@link HealthAnswer.Stale}. */
    long version();
  }

  /** Nothing new starts there; what runs there ends. */
  record Drain(String server, long version) implements Change {}

  /** It may take runs again, once a probe has succeeded. */
  record Undrain(String server, long version) implements Change {}

  /** @param weight share of the load relative to the others, above 0 */
  record SetWeight(String server, long version, double weight) implements Change {}

  /**
   * @param slots most runs in flight, 1 or more
   * @param cores runs in flight up to which its wall-clock verdicts are believed, 1 to {@code slots}; null for half of
   *     them
   */
  record SetSlots(
      String server, long version, int slots, @Nullable Integer cores) implements Change {}

  /** Everything that operators have said of it is taken back: what is configured holds. */
  record Reset(String server, long version) implements Change {}

  /** What whoever keeps the fleet says of the server on one of its hosts. */
  sealed interface OfFleet extends HealthCommand {

    /** The host's id. */
    String host();

    /** The leader's; if a higher one has been heard of, the answer is {@link HealthAnswer.Outdated}. */
    long term();
  }

  /**
   * Puts the host's server into the map, or opens the one that the fleet has closed; it starts slowly. A server of the same
   * address that is configured already becomes the host's.
   */
  record Join(String host, long term, ServerSpec server) implements OfFleet {}

  /** Nothing new starts there; what runs there ends. */
  record Close(String host, long term) implements OfFleet {}

  /** Takes it out, or, if it is configured, lets go of it. */
  record Leave(String host, long term) implements OfFleet {}
}
