package io.gradelane.store.jobs;

import io.vertx.core.Future;

/** Where jobs are kept: the ports, by subject. */
public interface JobStore {

  Sessions sessions();

  Batches batches();

  Jobs jobs();

  BatchEvents events();

  Leases leases();

  Upkeep upkeep();

  Webhooks webhooks();

  Deliveries deliveries();

  Results results();

  /** Releases what it holds. Safe twice. */
  Future<Void> close();
}
