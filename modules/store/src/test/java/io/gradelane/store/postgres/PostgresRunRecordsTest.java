package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.runs.RunFilter;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import io.gradelane.store.runs.RunRecords;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The records of runs in a real PostgreSQL. */
class PostgresRunRecordsTest {

  private final Instant noon =
      Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(12));

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestDatabase.fresh();
  private final Random random = new Random(1);
  private PostgresJobStore store;
  private RunRecords runs;

  @BeforeEach
  void open() {
    store = Blocking.get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
    runs = store.runs();
  }

  @AfterEach
  void close() {
    Blocking.get(store.close());
    Blocking.get(vertx.close());
  }

  @Test
  void whatWasKeptIsFoundNewestFirstAndPageByPage() {
    RunRecord first = record(0, "moodle", "s1");
    RunRecord second = record(1, "moodle", "s1", "s2");
    RunRecord third = record(2, "grader");
    add(second, first, third);

    assertThat(page(filter(null, null), 10)).containsExactly(third, second, first);
    assertThat(page(filter(null, null), 2)).containsExactly(third, second);
    assertThat(page(filter(second.run(), null), 2)).containsExactly(first);
  }

  @Test
  void aGroupThatIsSentTwiceIsKeptOnce() {
    RunRecord one = record(0, "moodle", "s1");
    add(one);
    add(one, record(1, "moodle", "s1"));

    assertThat(page(filter(null, null), 10)).hasSize(2);
  }

  @Test
  void eachFilterFindsItsOwn() {
    RunRecord retried = record(0, "moodle", "s1", "s2");
    RunRecord other = record(60, "grader", "s3");
    add(retried, other);

    assertThat(page(filter(null, "s2"), 10)).containsExactly(retried);
    assertThat(page(filter(null, "s9"), 10)).isEmpty();
    assertThat(page(with("grader", null, null, null), 10)).containsExactly(other);
    assertThat(page(with(null, "exam", null, null), 10)).hasSize(2);
    assertThat(page(with(null, null, "13", null), 10)).isEmpty();
    assertThat(page(with(null, null, "15", State.ANSWERED), 10)).hasSize(2);
    assertThat(page(with(null, null, null, State.GONE), 10)).isEmpty();
    assertThat(page(
            new RunFilter(noon, noon.plusSeconds(60), null, null, null, null, null, null, null),
            10))
        .containsExactly(retried);
  }

  @Test
  void aRowThatCanNotBeKeptHoldsUpNoOther() {
    RunRecord good = record(0, "moodle", "s1");
    RunRecord bad = record(1, "with a NUL: \u0000", "s1");
    RunRecord yearsAgo = record(-86_400 * 900, "moodle", "s1");

    assertThat(Blocking.get(runs.add(List.of(good, bad, yearsAgo)))).isEqualTo(2);
    assertThat(page(filter(null, null), 10)).containsExactly(good);
  }

  @Test
  void aDayIsDroppedWhenItsTimeHasCome() {
    add(record(0, "moodle", "s1"));
    TestDatabase.query(vertx, address, "SELECT add_day(current_date - 40)");
    add(record(-86_400 * 40, "moodle", "s1"));

    assertThat(Blocking.get(store.upkeep().days("node", Duration.ofDays(60)))).isZero();
    assertThat(Blocking.get(store.upkeep().days("node", Duration.ofDays(30)))).isEqualTo(1);
    assertThat(page(
            new RunFilter(
                Instant.EPOCH, noon.plusSeconds(60), null, null, null, null, null, null, null),
            10))
        .hasSize(1);
  }

  private RunRecord record(int second, String tenant, String... servers) {
    return new RunRecord(
        RunId.next(noon.plusSeconds(second).toEpochMilli(), random),
        "r7",
        tenant,
        "exam",
        "python3",
        "n1",
        State.ANSWERED,
        "15",
        200,
        12,
        345,
        List.of(servers),
        3,
        8,
        "believed");
  }

  private void add(RunRecord... records) {
    assertThat(Blocking.get(runs.add(List.of(records)))).isZero();
  }

  private List<RunRecord> page(RunFilter filter, int size) {
    return Blocking.get(runs.page(filter, size));
  }

  private RunFilter filter(@Nullable RunId before, @Nullable String server) {
    return new RunFilter(
        noon, noon.plus(Duration.ofHours(1)), before, null, null, null, server, null, null);
  }

  private RunFilter with(
      @Nullable String tenant,
      @Nullable String lane,
      @Nullable String outcome,
      @Nullable State state) {
    return new RunFilter(
        noon, noon.plus(Duration.ofHours(1)), null, null, tenant, lane, null, outcome, state);
  }
}
