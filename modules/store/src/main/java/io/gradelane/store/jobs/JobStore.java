package io.gradelane.store.jobs;

import io.gradelane.store.fleet.FleetTable;
import io.vertx.core.Future;

/** Where jobs are kept: the ports, by subject. */
public interface JobStore {

  Sessions sessions();

  Batches batches();

  Jobs jobs();

  BatchEvents events();

  Leases leases();

  Upkeep upkeep();

  /** The fleet's hosts, kept where jobs are. */
  FleetTable fleet();

  /** Releases what it holds. Safe twice. */
  Future<Void> close();
}
