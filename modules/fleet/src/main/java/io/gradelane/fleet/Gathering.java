package io.gradelane.fleet;

import io.gradelane.core.fleet.HostId;
import io.gradelane.store.fleet.HostWrite;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Rows written as soon as they come: one statement is under way, and what comes meanwhile goes with the next. Each row is of
 * another host. On one context only.
 */
final class Gathering {

  private final Function<List<HostWrite>, Future<Set<HostId>>> table;
  private List<HostWrite> waiting = new ArrayList<>();
  private Promise<Set<HostId>> next = Promise.promise();
  private boolean writing;

  /** @param table writes a group, and answers which rows were written */
  Gathering(Function<List<HostWrite>, Future<Set<HostId>>> table) {
    this.table = table;
  }

  /** @return whether it was written */
  Future<Boolean> write(HostWrite row) {
    waiting.add(row);
    Future<Boolean> written = next.future().map(ids -> ids.contains(row.id()));
    flush();
    return written;
  }

  private void flush() {
    if (writing || waiting.isEmpty()) {
      return;
    }
    writing = true;
    List<HostWrite> group = waiting;
    Promise<Set<HostId>> told = next;
    waiting = new ArrayList<>();
    next = Promise.promise();
    table.apply(List.copyOf(group)).onComplete(done -> {
      writing = false;
      told.handle(done);
      flush();
    });
  }
}
