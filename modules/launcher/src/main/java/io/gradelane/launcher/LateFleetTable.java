package io.gradelane.launcher;

import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.HostWrite;
import io.gradelane.store.fleet.NotOpenYet;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The table of a database that is opened in the background: until it is there, whatever is asked of it fails. */
record LateFleetTable(Supplier<Optional<FleetTable>> opened) implements FleetTable {

  @Override
  public Future<List<Host>> read(long fence) {
    return with(table -> table.read(fence));
  }

  @Override
  public Future<Set<HostId>> write(long fence, List<HostWrite> rows) {
    return with(table -> table.write(fence, rows));
  }

  @Override
  public Future<Boolean> amend(@Nullable Host before, Host after) {
    return with(table -> table.amend(before, after));
  }

  @Override
  public Future<List<Host>> hosts() {
    return with(FleetTable::hosts);
  }

  @Override
  public Future<Void> record(long fence, FleetSample sample) {
    return with(table -> table.record(fence, sample));
  }

  @Override
  public Future<List<FleetSample>> samples(Instant from, int most) {
    return with(table -> table.samples(from, most));
  }

  @Override
  public Future<Optional<FleetSample>> latest() {
    return with(FleetTable::latest);
  }

  @Override
  public Future<Void> forget(Instant before) {
    return with(table -> table.forget(before));
  }

  private <T> Future<T> with(Function<FleetTable, Future<T>> question) {
    return opened.get().map(question).orElseGet(() -> Future.failedFuture(new NotOpenYet()));
  }
}
