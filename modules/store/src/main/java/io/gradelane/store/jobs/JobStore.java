package io.gradelane.store.jobs;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.runs.RunRecords;
import io.vertx.core.Future;
import java.util.function.Function;

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

  /**
   * Does something once for each key, however often and wherever it is asked for at the same time. It and its answer are
   * kept together, or, if it fails, neither. Keys are kept for a day.
   *
   * @param work does what is to be done with the store that it is given, and nothing besides
   */
  Future<Once> once(RequestKey key, Function<JobStore, Future<Once.Answer>> work);

  /** Releases what it holds. Safe twice. */
  Future<Void> close();
}
