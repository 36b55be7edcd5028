package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.JobStoreFixture;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Submitted;
import io.gradelane.testkit.Eventually;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is PostgreSQL's own about jobs. */
final class PostgresJobStoreTest extends JobStoreFixture implements InPostgres {

  @Test
  void claimsAndFinishesStayOnTheirPages() {
    BatchId batch = submit(500);
    Row before = updates();
    int[] all = IntStream.rangeClosed(1, 500).toArray();
    List<EndedAttempt> group = claim(session, batch, all).stream()
        .map(claimed -> ran(claimed.claim(), "out"))
        .toList();
    finish(group);

    long expected = before.getLong("updates") + 1000;
    Eventually.await("the statistics have come", () -> updates().getLong("updates") >= expected);
    assertThat(updates().getLong("hot") - before.getLong("hot"))
        .isEqualTo(updates().getLong("updates") - before.getLong("updates"));
  }

  @Test
  void noStatementReadsAWholeTable() {
    BatchId batch = submit(20);
    Claim claim = claim(session, batch, 1).getFirst().claim();
    finish(ran(claim, "out"));
    long before = scans();
    BatchId other = submit(20);
    finish(ran(claim(session, other, 2).getFirst().claim(), "out"));
    get(store.jobs().waiting(other, null, 10));
    get(store.jobs().page(other, null, null, 10));
    get(store.batches().end(session, other));

    get(vertx.timer(1100));
    assertThat(scans()).isEqualTo(before);
  }

  @Test
  void aKeyStandsForNothingAfterADay() {
    RequestKey old = new RequestKey("moodle", "old", Buffer.buffer("one"));
    RequestKey older = new RequestKey("moodle", "older", Buffer.buffer("one"));
    submit(old);
    submit(older);
    TestDatabase.query(
        vertx,
        ADDRESS,
        "UPDATE request_keys SET created_at = created_at - interval '25 hours' WHERE key LIKE 'old%'");

    RequestKey other = new RequestKey("moodle", "old", Buffer.buffer("other"));
    assertThat(submit(other)).isInstanceOf(Submitted.Kept.class);
    get(store.upkeep().run("node", Duration.ofDays(900)));
    assertThat(TestDatabase.query(
            vertx, ADDRESS, "SELECT key FROM request_keys WHERE key LIKE 'old%'"))
        .extracting(row -> row.getString("key"))
        .containsExactly("old");
  }

  private Submitted submit(RequestKey key) {
    NewBatch batch = new NewBatch(id(), "moodle", "a batch", null, BatchControl.in("bulk"), true);
    return get(store
        .batches()
        .submit(session, batch, JobSource.of(jobs(1)), key, kept -> Buffer.buffer("answer")));
  }

  private Row updates() {
    return TestDatabase.query(vertx, ADDRESS, """
        SELECT coalesce(sum(n_tup_upd), 0)::bigint AS updates, coalesce(sum(n_tup_hot_upd), 0)::bigint AS hot
        FROM pg_stat_user_tables WHERE relname LIKE 'jobs\\_%'""").getFirst();
  }

  private long scans() {
    return TestDatabase.query(vertx, ADDRESS, """
        SELECT coalesce(sum(seq_scan), 0)::bigint AS scans FROM pg_stat_user_tables
        WHERE relname ~ '^(jobs|job_specs|attempts|events)_'""").getFirst().getLong("scans");
  }
}
