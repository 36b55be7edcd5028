package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.Leases;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The schema: how it comes to be, how weeks come and go. */
class MigrationsTest {

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestDatabase.fresh();

  @AfterEach
  void close() {
    Blocking.get(vertx.close());
  }

  @Test
  void manyNodesThatStartTogetherMigrateOnce() {
    List<Future<PostgresJobStore>> stores =
        IntStream.range(0, 5).mapToObj(i -> open("node-" + i)).toList();
    Blocking.get(Future.all(stores));

    assertThat(query("SELECT number FROM migrations")).hasSize(Migrations.FILES.size());
    assertThat(query("SELECT 1 FROM pg_inherits WHERE inhparent = 'jobs'::regclass"))
        .hasSize(4);
    assertThat(query("SELECT 1 FROM pg_inherits WHERE inhparent = 'runs'::regclass"))
        .hasSize(5);
    stores.forEach(store -> Blocking.get(store.result().close()));
  }

  @Test
  void aChangedFileIsNoticed() {
    Blocking.get(Blocking.get(open("node")).close());
    query("UPDATE migrations SET digest = 'other'");

    Future<PostgresJobStore> again = open("node");

    Eventually.await("it fails", again::failed);
    assertThat(again.cause()).hasMessageContaining("migration 001_jobs");
  }

  @Test
  void whatANewerVersionHasAppliedIsLeftAlone() {
    Blocking.get(Blocking.get(open("node")).close());
    query("INSERT INTO migrations (number, name, digest) VALUES (999, '999_next', 'x')");

    Blocking.get(Blocking.get(open("node")).close());
  }

  @Test
  void whoSleptThroughHisLeaseMigratesNothing() {
    Database database = new Database(vertx, address);
    PostgresLeases leases = new PostgresLeases(database);
    Blocking.get(new Migrations(database, leases).apply("node"));
    Leases.Lease old =
        Blocking.get(leases.take("work", "node-1", Duration.ofMillis(1))).orElseThrow();
    Eventually.await(
        "somebody else has it",
        () -> Blocking.get(leases.take("work", "node-2", Duration.ofMinutes(1))).isPresent());

    Future<Void> late = database.inTransaction(over -> Database.script(over, "CREATE TABLE late ()")
        .compose(made -> PostgresLeases.hold(over, old, Duration.ofMinutes(1))));

    Eventually.await("it fails", late::failed);
    assertThat(query("SELECT to_regclass('late')::text AS late").getFirst().getValue("late"))
        .isNull();
    Blocking.get(database.close());
  }

  @Test
  void aWeekIsDroppedWhenItsTimeHasComeAndItsBatchesHaveEnded() {
    PostgresJobStore store = Blocking.get(open("node"));
    Instant past = Instant.now().minus(Duration.ofDays(60));
    query("SELECT add_week(week_of('" + past + "'))");
    long session = Blocking.get(store.sessions().open("node"));
    BatchId old = BatchId.next(past.toEpochMilli(), new Random());
    NewBatch batch = new NewBatch(old, "moodle", "old", null, BatchControl.in("bulk"), true);
    NewJob job = new NewJob("ref", "c", 500, Buffer.buffer("{}"));
    Blocking.get(store.batches().submit(session, batch, JobSource.of(List.of(job))));

    assertThat(Blocking.get(store.upkeep().run("node", Duration.ofDays(30)))).isZero();
    assertThat(Blocking.get(store.jobs().find(old.job(1)))).isPresent();
    assertThat(tables(past)).hasSize(4);
    Blocking.get(store.batches().steer(session, old, BatchControl.in("bulk").cancel(), "by ada"));
    Blocking.get(store.batches().sweep(session));
    assertThat(Blocking.get(store.upkeep().run("node", Duration.ofDays(90)))).isZero();
    assertThat(Blocking.get(store.upkeep().run("node", Duration.ofDays(30)))).isEqualTo(1);
    assertThat(Blocking.get(store.jobs().find(old.job(1)))).isEmpty();
    assertThat(Blocking.get(store.batches().find(old))).isEmpty();
    assertThat(tables(past)).as("nothing of it is left").isEmpty();
    Blocking.get(store.close());
  }

  /** Those of the week that holds a moment. */
  private List<String> tables(Instant moment) {
    return query(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE to_char(week_of('"
                + moment + "'), '\"%_\"YYYYMMDD')")
        .stream()
        .map(row -> row.getString("relname"))
        .toList();
  }

  private Future<PostgresJobStore> open(String node) {
    return PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, node);
  }

  private List<Row> query(String sql) {
    return TestDatabase.query(vertx, address, sql);
  }
}
