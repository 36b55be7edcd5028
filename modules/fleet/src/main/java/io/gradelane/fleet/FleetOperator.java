package io.gradelane.fleet;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Useful;
import io.gradelane.store.fleet.FleetTable;
import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The buttons: what somebody asks of the fleet by hand. Each changes a row, and the next pass acts on it; so it may be used
 * on any node.
 */
public final class FleetOperator {

  private final FleetTable table;
  private final Supplier<HostId> names;
  private final InstantSource clock;

  public FleetOperator(FleetTable table, Supplier<HostId> names, InstantSource clock) {
    this.table = table;
    this.names = names;
    this.clock = clock;
  }

  /** One more, if the rules allow no more than {@code max} and there are fewer. */
  public Future<Host> launch(int max, String by) {
    return table.hosts().compose(hosts -> {
      long living = hosts.stream().filter(Host::living).count();
      if (living >= max) {
        return refuse("there are " + living + " hosts (limit: " + max + ")");
      }
      Host host =
          Host.born(names.get(), "", "", HostState.launch("asked for by " + by, clock.instant()));
      return table.amend(null, host).map(host);
    });
  }

  public Future<Host> drain(HostId id, String by) {
    String why = "drained by " + by;
    return change(
        id,
        "ready",
        state ->
            state instanceof Ready ready ? Optional.of(ready.drain(why, now())) : Optional.empty());
  }

  public Future<Host> takeBack(HostId id, String by) {
    String why = "taken back by " + by;
    return change(
        id,
        "draining",
        state -> state instanceof Draining draining
            ? Optional.of(draining.takenBack(why, now()))
            : Optional.empty());
  }

  /** It is of no use: what runs there ends, then it does. */
  public Future<Host> condemn(HostId id, String by) {
    String why = "condemned by " + by;
    return change(
        id,
        "launching, ready or draining",
        state -> state instanceof Useful useful
            ? Optional.of(useful.condemned(why, now()))
            : Optional.empty());
  }

  private Future<Host> change(
      HostId id, String expected, Function<HostState, Optional<? extends HostState>> move) {
    return find(id)
        .compose(found ->
            found.map(Future::succeededFuture).orElseGet(() -> refuse("there is no host " + id)))
        .compose(host -> {
          Optional<? extends HostState> next = move.apply(host.state());
          if (next.isEmpty()) {
            return refuse(
                "host " + id + " is " + host.state().word() + " (expected: " + expected + ")");
          }
          Host after = host.to(next.get());
          return table
              .amend(host, after)
              .compose(done -> done
                  ? Future.succeededFuture(after)
                  : refuse("host " + id + " has just changed: look again"));
        });
  }

  Future<Optional<Host>> find(HostId id) {
    return table
        .hosts()
        .map(hosts -> hosts.stream().filter(host -> host.id().equals(id)).findFirst());
  }

  private static <T> Future<T> refuse(String why) {
    return Future.failedFuture(new IllegalArgumentException(why));
  }

  private Instant now() {
    return clock.instant();
  }
}
