package io.gradelane.store.postgres;

import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.jobs.BatchEvents;
import io.gradelane.store.jobs.Batches;
import io.gradelane.store.jobs.Deliveries;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs;
import io.gradelane.store.jobs.Leases;
import io.gradelane.store.jobs.Once;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Results;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.jobs.Upkeep;
import io.gradelane.store.jobs.Webhooks;
import io.gradelane.store.operator.OperatorSettings;
import io.gradelane.store.runs.RunRecords;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;

/** Jobs in PostgreSQL 15 or newer. */
public final class PostgresJobStore implements JobStore {

  /** Nothing is dropped at a start. */
  private static final Duration FOR_EVER = Duration.ofDays(36_500);

  private final Database database;
  private final Database patient;
  private final Sessions.Terms terms;
  private final Sessions sessions;
  private final Batches batches;
  private final Jobs jobs;
  private final BatchEvents events;
  private final Leases leases;
  private final Upkeep upkeep;
  private final OperatorSettings settings;
  private final RunRecords runs;
  private final FleetTable fleet;
  private final ExamBook exams;
  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final Results results;

  private PostgresJobStore(Database database, Database patient, Sessions.Terms terms) {
    this.database = database;
    this.patient = patient;
    this.terms = terms;
    PostgresJobs inRows = new PostgresJobs(database, patient);
    jobs = inRows;
    sessions = new PostgresSessions(database, terms);
    batches = new PostgresBatches(database, inRows);
    events = new PostgresEvents(database);
    leases = new PostgresLeases(database);
    settings = new PostgresOperatorSettings(database);
    runs = new PostgresRunRecords(database);
    fleet = new PostgresFleetTable(database);
    exams = new PostgresExamBook(database);
    webhooks = new PostgresWebhooks(database);
    deliveries = new PostgresDeliveries(database);
    results = new PostgresResults(database);
    upkeep = new PostgresUpkeep(database, leases, deliveries);
  }

  /**
   * Connects, and brings the schema up to date.
   *
   * @param node names this node where it holds a lease
   */
  public static Future<PostgresJobStore> open(
      Vertx vertx, DatabaseAddress address, Sessions.Terms terms, String node) {
    return open(vertx, address, terms, node, StatementWatch.NONE);
  }

  /** @param watch is told of its statements */
  public static Future<PostgresJobStore> open(
      Vertx vertx,
      DatabaseAddress address,
      Sessions.Terms terms,
      String node,
      StatementWatch watch) {
    Database database = new Database(vertx, address, watch);
    Database patient = new Database(vertx, address.patient(Erasure.LONGEST));
    PostgresJobStore store = new PostgresJobStore(database, patient, terms);
    return new Migrations(patient, store.leases)
        .apply(node)
        .compose(migrated -> store.upkeep.run(node, FOR_EVER))
        .compose(weeks -> store.upkeep.days(node, FOR_EVER))
        .map(ready -> store)
        .recover(failure -> store.close().transform(closed -> Future.failedFuture(failure)));
  }

  @Override
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public Batches batches() {
    return batches;
  }

  @Override
  public Jobs jobs() {
    return jobs;
  }

  @Override
  public BatchEvents events() {
    return events;
  }

  @Override
  public Leases leases() {
    return leases;
  }

  @Override
  public Upkeep upkeep() {
    return upkeep;
  }

  @Override
  public OperatorSettings settings() {
    return settings;
  }

  @Override
  public RunRecords runs() {
    return runs;
  }

  @Override
  public FleetTable fleet() {
    return fleet;
  }

  @Override
  public ExamBook exams() {
    return exams;
  }

  @Override
  public Webhooks webhooks() {
    return webhooks;
  }

  @Override
  public Deliveries deliveries() {
    return deliveries;
  }

  @Override
  public Results results() {
    return results;
  }

  @Override
  public Future<Once> once(RequestKey key, Function<JobStore, Future<Once.Answer>> work) {
    return new RequestKeys(database)
        .once(key, within -> work.apply(new PostgresJobStore(within, within, terms)));
  }

  @Override
  public Future<Void> close() {
    return Future.join(database.close(), patient.close()).mapEmpty();
  }
}
