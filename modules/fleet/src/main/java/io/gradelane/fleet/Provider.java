package io.gradelane.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Listed;
import io.vertx.core.Future;
import java.util.Set;

/**
 * Who has machines. Everything that it launches bears this cluster's tag, and it lists and ends nothing that does not.
 *
 * <p>Called on the fleet verticle's context, and answers there. Any call may be made again when its answer was lost.
 */
public interface Provider {

  /** All that there is of this cluster: complete to the last page, or failed. */
  Future<Listing> list();

  /**
   * Starts one host that bears the token; if there is one already, that is the answer.
   *
   * @return what is known of it so far; fails with {@link LaunchRefused} if certainly nothing has been started
   */
  Future<Listed> launch(HostId token);

  /** Ends it. Succeeds when that is under way, and when there is no such host. */
  Future<Void> terminate(Host host);

  /** From now on this process is one of those that keep the hosts, whether it holds the lease or not. */
  default Future<Void> attend() {
    return Future.succeededFuture();
  }

  /**
   * This process no longer keeps them. Ends those hosts that can't outlive it, if it is the last one.
   *
   * @return the provider's names of those that have ended
   */
  default Future<Set<String>> endOwn() {
    return Future.succeededFuture(Set.of());
  }

  /** Lets go of what this process holds; the hosts stay. */
  Future<Void> close();
}
