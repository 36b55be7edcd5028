package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.core.run.RunId;
import io.gradelane.store.runs.RunFilter;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done from time to time in a database, by a node that runs for long. */
final class KeepingTest {

  /** Of an hour, here. */
  private static final Duration HOUR = Duration.ofMillis(100);

  private static final Instant LONG_AGO = Instant.parse("2020-06-03T12:00:00Z");
  private static final String OLD_WEEK = "jobs_20200601";
  private static final String WEEKS = "jobs";
  private static final String DAYS = "runs";

  private final PostgresFixture postgres = PostgresFixture.start();
  private JobsHouse jobs;
  private Pool beside;
  private String keeping = "";

  @BeforeEach
  void open() {
    jobs = new JobsHouse(postgres, new Plan());
    beside = PgBuilder.pool()
        .connectingTo(new PgConnectOptions()
            .setHost(postgres.host())
            .setPort(postgres.port())
            .setDatabase(postgres.database())
            .setUser(postgres.user())
            .setPassword(postgres.password()))
        .using(jobs.house.vertx)
        .build();
  }

  @AfterEach
  void close() {
    Blocking.get(jobs.house.vertx.undeploy(keeping));
    Blocking.get(beside.close());
    jobs.close();
    postgres.close();
  }

  @Test
  void partitionsAreMadeAheadAndWhatIsOldIsDropped() {
    sql("SELECT add_day(current_date - 20)");
    List<String> weeks = partitions(WEEKS);
    List<String> days = partitions(DAYS);
    sql("SELECT add_week(week_of('" + LONG_AGO + "'))");
    assertThat(partitions(WEEKS)).contains(OLD_WEEK);
    sql("SELECT add_week(week_of(now() - interval '20 days'))");
    assertThat(partitions(WEEKS)).hasSize(weeks.size() + 2);
    sql("SELECT add_day('2020-06-03')");
    assertThat(Blocking.get(jobs.store.runs().add(List.of(record())))).isZero();
    assertThat(records()).hasSize(1);
    sql("DROP TABLE " + weeks.getLast());
    sql("DROP TABLE " + days.getLast());

    keeping =
        Blocking.get(jobs.house.vertx.deployVerticle(new KeepingVerticle(jobs.house.ports, HOUR)));

    Eventually.await(
        "the last week is made again, both old ones are dropped",
        () -> partitions(WEEKS).equals(weeks));
    Eventually.await(
        "days, which are kept longer here, are as they were",
        () -> partitions(DAYS).equals(days));
    assertThat(records()).as("erased with their day").isEmpty();

    sql("SELECT add_day('2020-06-03')");
    Eventually.await("and again an hour later", () -> partitions(DAYS).equals(days));
  }

  private List<String> partitions(String of) {
    return sql("SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = '" + of
        + "'::regclass ORDER BY 1");
  }

  /** The first column, as text. */
  private List<String> sql(String statement) {
    return StreamSupport.stream(
            Blocking.get(beside.query(statement).execute()).spliterator(), false)
        .map(row -> String.valueOf(row.getValue(0)))
        .toList();
  }

  private List<RunRecord> records() {
    RunFilter all = new RunFilter(
        LONG_AGO.minusSeconds(60),
        LONG_AGO.plusSeconds(60),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
    return Blocking.get(jobs.store.runs().page(all, 10));
  }

  private static RunRecord record() {
    return new RunRecord(
        RunId.next(LONG_AGO.toEpochMilli(), new Random()),
        "r7",
        "moodle",
        "exam",
        "python3",
        "n1",
        RunRecord.State.ANSWERED,
        "15",
        200,
        12,
        345,
        List.of("s1"),
        3,
        8,
        "");
  }
}
