package io.gradelane.store.jobs;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.runs.RunRecords;
import io.vertx.core.Future;

/** What a database keeps, jobs above all: the ports, by subject. */
public interface JobStore {

  Sessions sessions();

  Batches batches();

  Jobs jobs();

  BatchEvents events();

  Leases leases();

  Upkeep upkeep();

  OperatorSettings settings();

  RunRecords runs();

  /** The fleet's hosts, kept where jobs are. */
  FleetTable fleet();

  ExamBook exams();

  Webhooks webhooks();

  Deliveries deliveries();

  Results results();

  /** Releases what it holds. Safe twice. */
  Future<Void> close();
}
