package io.gradelane.fleet.provider;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.vertx.core.Future;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** Machines that somebody else looks after: listed in the configuration, never launched and never ended. */
public final class StaticProvider implements Provider {

  private final Supplier<List<URI>> servers;

  /** @param servers as they are configured now */
  public StaticProvider(Supplier<List<URI>> servers) {
    this.servers = servers;
  }

  @Override
  public Future<Listing> list() {
    return Future.succeededFuture(new Listing.Complete(servers.get().stream()
        .map(URI::toString)
        .map(url -> new Listed(url, "", url, Condition.SOUND))
        .toList()));
  }

  @Override
  public Future<Listed> launch(HostId token) {
    return Future.failedFuture(new LaunchRefused("the hosts are those of the configuration"));
  }

  @Override
  public Future<Void> terminate(Host host) {
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
