package io.gradelane.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Load;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;

/**
 * The pool of servers, as the fleet sees it: each host of the fleet is one server there, under the host's id.
 *
 * <p>What is said under a lower fence than has been heard is not done: a leader of yesterday could open what the present
 * one is about to end.
 */
public interface FleetPool {

  /**
   * What is going on.
   *
   * @param load empty if the dispatcher could not tell
   * @param uses of all servers that are hosts of the fleet, whoever put them in
   */
  record Sight(Optional<Load> load, Map<HostId, HostUse> uses) {
    public Sight {
      uses = Map.copyOf(uses);
    }
  }

  Future<Sight> look();

  /** Whether the server on a host that is not in the pool yet answers as one should; never fails. */
  Future<Boolean> answers(Host host);

  /** Puts the host's server in, or opens it again; it starts slowly. */
  Future<Void> join(long fence, Host host);

  /** Has nothing more granted there. It is done when {@link #look} says {@code closed}. */
  Future<Void> close(long fence, HostId id);

  /** Takes it out; what may still run there is lost. */
  Future<Void> leave(long fence, HostId id);
}
