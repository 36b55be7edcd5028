package io.gradelane.fleet;

import io.gradelane.core.fleet.FleetAction;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.store.fleet.HostWrite;
import io.gradelane.store.fleet.StaleFence;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actions of one plan being taken: first all rows, group by group; then all requests, together. */
final class Acting {

  private static final Logger log = LoggerFactory.getLogger(Acting.class);

  private final FleetPorts ports;
  private final long fence;
  private final Duration patience;
  /**
   * Hosts of which a row could not be written: nothing more is done about them in this pass, and no host is added, because
   * the room that it was to take may not be there.
   */
  private final Set<HostId> skipped = new HashSet<>();

  /** What the provider has told of launches. */
  private final Gathering launched = new Gathering(this::inTable);

  private boolean launchFailed;
  private int launches;
  private int terminations;
  private int errors;

  Acting(FleetPorts ports, long fence, Duration patience) {
    this.ports = ports;
    this.fence = fence;
    this.patience = patience;
  }

  boolean launchFailed() {
    return launchFailed;
  }

  int launches() {
    return launches;
  }

  int terminations() {
    return terminations;
  }

  int errors() {
    return errors;
  }

  /** Fails only if the fence is stale: then nothing more may be done. */
  Future<Void> take(List<FleetAction> actions) {
    Future<Void> written = Future.succeededFuture();
    for (List<HostWrite> group : HostRows.of(actions)) {
      written = written.compose(before -> write(group));
    }
    return written
        .compose(done -> Future.join(actions.stream().map(this::request).toList()))
        .mapEmpty();
  }

  private Future<Void> write(List<HostWrite> group) {
    List<HostWrite> rows = group.stream().filter(this::maybe).toList();
    if (rows.isEmpty()) {
      return Future.succeededFuture();
    }
    return inTable(rows)
        .onSuccess(written -> rows.forEach(row -> note(row, written.contains(row.id()))))
        .<Void>mapEmpty()
        .recover(cause -> {
          rows.forEach(row -> skipped.add(row.id()));
          return cause instanceof StaleFence
              ? Future.failedFuture(cause)
              : failed(rows.getFirst().id() + " and " + (rows.size() - 1) + " others", cause);
        });
  }

  private boolean maybe(HostWrite row) {
    boolean left = skipped.contains(row.id()) || (HostRows.launches(row) && !skipped.isEmpty());
    if (left) {
      skipped.add(row.id());
    }
    return !left;
  }

  private void note(HostWrite row, boolean written) {
    if (written) {
      count(row.before(), row.after());
    } else {
      skipped.add(row.id());
    }
  }

  private void count(@Nullable Host before, Host after) {
    boolean moved =
        before == null || !before.state().word().equals(after.state().word());
    if (!moved) {
      return;
    }
    if (after.state() instanceof Launching) {
      launches++;
    } else if (after.state() instanceof Terminating) {
      terminations++;
    }
    log.atInfo()
        .addKeyValue("host", after.id())
        .addKeyValue("reason", after.state().reason())
        .log("host is {}", after.state().word());
  }

  private Future<Void> request(FleetAction action) {
    if (skipped.contains(action.id())) {
      return Future.succeededFuture();
    }
    Future<Void> done = switch (action) {
      case FleetAction.Insert insert -> Future.succeededFuture();
      case FleetAction.Replace replace -> Future.succeededFuture();
      case FleetAction.Launch launch -> launch(launch.host());
      case FleetAction.Terminate terminate ->
        within("provider", ports.provider().terminate(terminate.host()));
      case FleetAction.Join join -> within("pool", ports.servers().join(fence, join.host()));
      case FleetAction.Close close -> within("pool", ports.servers().close(fence, close.id()));
      case FleetAction.Leave leave -> within("pool", ports.servers().leave(fence, leave.id()));
    };
    return done.recover(cause -> failed(action.id().value(), cause));
  }

  private Future<Void> launch(Host host) {
    return within("provider", ports.provider().launch(host.id()))
        .compose(listed -> located(host, listed), cause -> unlaunched(host, cause));
  }

  private Future<Void> located(Host host, Listed listed) {
    return launched
        .write(new HostWrite(host, host.located(listed.ref(), listed.address())))
        .mapEmpty();
  }

  private Future<Void> unlaunched(Host host, Throwable cause) {
    launchFailed = true;
    if (cause instanceof LaunchRefused && host.state() instanceof Launching launching) {
      String why = "the provider refused: " + cause.getMessage();
      Host refused = host.to(launching.refused(why, ports.clock().instant()));
      return launched
          .write(new HostWrite(host, refused))
          .compose(done -> Future.failedFuture(cause));
    }
    return Future.failedFuture(cause);
  }

  private Future<Set<HostId>> inTable(List<HostWrite> rows) {
    return within("fleet table", ports.table().write(fence, rows));
  }

  private <T> Future<T> within(String what, Future<T> future) {
    return ports.timers().within(patience, what, future);
  }

  private Future<Void> failed(String host, Throwable cause) {
    errors++;
    log.atWarn()
        .addKeyValue("host", host)
        .addKeyValue("cause", cause.getMessage())
        .log("a step has failed");
    return Future.succeededFuture();
  }
}
