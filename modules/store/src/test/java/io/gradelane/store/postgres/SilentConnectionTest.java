package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.Jobs.Erased;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.TcpFault;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection falls silent: nobody answers, and nobody resets it. */
class SilentConnectionTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final Duration TIMEOUT = Duration.ofSeconds(1);
  private static final int CONNECTIONS = 2;

  private final Vertx vertx = Vertx.vertx();
  private final TcpFault relay = TcpFault.before(POSTGRES.port());
  private PostgresJobStore store;
  private long session;

  @BeforeEach
  void open() {
    store = get(PostgresJobStore.open(vertx, address(), Sessions.Terms.DEFAULT, "node"));
    session = get(store.sessions().open("node"));
  }

  @AfterEach
  void close() {
    relay.close();
    get(store.close());
    get(vertx.close());
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void whatNobodyAnswersFailsAndIsSentOverAnotherConnection() {
    relay.swallow(true);
    List<Future<?>> sent = List.of(
        store.sessions().renew(session),
        store.sessions().living(),
        store.batches().open(),
        store.leases().take("a lease", "node", TIMEOUT));

    Eventually.await("all of it has failed", () -> sent.stream().allMatch(Future::failed));
    relay.swallow(false);
    assertThat(answers(store.sessions().renew(session))).isTrue();
  }

  @Test
  void aTransactionThatIsCutOffKeepsNoConnection() {
    for (int i = 0; i < CONNECTIONS + 1; i++) {
      Future<?> cutOff = store.batches().submit(session, batch(), () -> {
        relay.swallow(true);
        return Future.succeededFuture(List.of(new NewJob("ref", "c", 500, Buffer.buffer("{}"))));
      });
      Eventually.await("it has failed", cutOff::failed);
      relay.swallow(false);
    }

    assertThat(answers(store.batches().submit(session, batch(), JobSource.of(List.of()))))
        .isTrue();
  }

  @Test
  void aDatabaseThatStandsStillIsAskedAgainWhenItGoesOn() throws Exception {
    List<Long> all = processes();
    signal("STOP", all);
    try {
      Future<?> sent = store.sessions().renew(session);
      Eventually.await("nobody answers " + sent, sent::isComplete);
      assertThat(sent.failed()).as(String.valueOf(sent)).isTrue();
    } finally {
      signal("CONT", all);
    }
    assertThat(answers(store.sessions().renew(session))).isTrue();
  }

  /** It waits here for a lock, as long as it takes others to fail four times. */
  @Test
  void anErasureMayTakeItsTime() {
    BatchId batch = get(store.batches().submit(session, batch(), JobSource.of(List.of(job()))))
        .id();
    Pool beside = PgBuilder.pool()
        .connectingTo(TestDatabase.in(POSTGRES, POSTGRES.database()).connect())
        .using(vertx)
        .build();
    SqlConnection holder = get(beside.getConnection());
    get(Database.script(holder, "BEGIN; LOCK TABLE jobs IN EXCLUSIVE MODE"));
    Future<Erased> erased = store.jobs().erase(session, "moodle", "ref", batch);
    for (int i = 0; i < 4; i++) {
      assertThat(answers(store.jobs().cancelWaiting(session, batch))).isFalse();
    }
    get(Database.script(holder, "COMMIT"));

    assertThat(get(erased).erased()).isOne();
    get(holder.close());
    get(beside.close());
  }

  private DatabaseAddress address() {
    String url = "postgresql://127.0.0.1:" + relay.port() + "/" + POSTGRES.database();
    return new DatabaseAddress(url, POSTGRES.user(), POSTGRES.password(), CONNECTIONS, TIMEOUT);
  }

  private static NewBatch batch() {
    BatchId id = BatchId.next(System.currentTimeMillis(), new Random());
    return new NewBatch(id, "moodle", "a batch", null, BatchControl.in("bulk"), true);
  }

  private static NewJob job() {
    return new NewJob("ref", "c", 500, Buffer.buffer("{}"));
  }

  private static boolean answers(Future<?> future) {
    Eventually.await("an answer or none", future::isComplete);
    return future.succeeded();
  }

  /** All of the database's. */
  private List<Long> processes() {
    int one = TestDatabase.query(
            vertx,
            address(),
            "SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'")
        .getFirst()
        .getInteger("pid");
    ProcessHandle postmaster =
        ProcessHandle.of(one).flatMap(ProcessHandle::parent).orElseThrow();
    return Stream.concat(Stream.of(postmaster), postmaster.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  private static void signal(String name, List<Long> processes)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    processes.forEach(process -> command.add(String.valueOf(process)));
    assertThat(new ProcessBuilder(command).start().waitFor()).isZero();
  }

  private static <T> T get(Future<T> future) {
    return Blocking.get(future);
  }
}
