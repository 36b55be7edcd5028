package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.JobStoreContract;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PostgresJobStoreTest extends JobStoreContract {

  private static final DatabaseAddress ADDRESS = TestDatabase.fresh();

  @Override
  protected JobStore open(Vertx onVertx, Sessions.Terms terms) {
    return get(PostgresJobStore.open(onVertx, ADDRESS, terms, "node"));
  }

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
