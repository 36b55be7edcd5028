package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Arena.Setting;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** An arena whose nodes share a PostgreSQL, which can be killed like them. */
final class JobArena implements AutoCloseable {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(250).toNanos();
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  private final PostgresFixture postgres;
  private final Arena arena;
  private final Books books;

  private JobArena(PostgresFixture postgres, Arena arena) {
    this.postgres = postgres;
    this.arena = arena;
    books = new Books(postgres);
  }

  static JobArena open(String drill) {
    return open(drill, 0);
  }

  /** @param sandboxes that really run programs, in the stubs' stead; 0 for the stubs */
  static JobArena open(String drill, int sandboxes) {
    PostgresFixture postgres = PostgresFixture.killable(Ports.next(), "shared_buffers=64MB");
    try {
      Setting setting =
          Setting.in(new Place.Loopback()).with(environment(postgres)).withSandboxes(sandboxes);
      return ready(new JobArena(postgres, Arena.open(drill, setting)));
    } catch (RuntimeException | AssertionError e) {
      postgres.close();
      throw e;
    }
  }

  private static JobArena ready(JobArena opened) {
    try {
      await("all nodes take jobs", LONGEST_START, opened::takesJobs);
      return opened;
    } catch (RuntimeException | AssertionError e) {
      opened.arena.close();
      opened.books.close();
      throw e;
    }
  }

  private static Map<String, String> environment(PostgresFixture postgres) {
    return Map.of(
        "GRADELANE_DATABASE_URL",
        "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.database(),
        "GRADELANE_DATABASE_USER",
        postgres.user(),
        "GRADELANE_DATABASE_PASSWORD",
        postgres.password());
  }

  private boolean takesJobs() {
    return arena.nodes().stream()
        .allMatch(node -> Web.get(node.url().resolve("/api/v1/batches")).status() == 200);
  }

  Arena arena() {
    return arena;
  }

  PostgresFixture postgres() {
    return postgres;
  }

  Books books() {
    return books;
  }

  List<Node> nodes() {
    return arena.nodes();
  }

  Desk desk(int node) {
    return new Desk(nodes().get(node % Arena.NODES));
  }

  /** The node that runs most jobs now. */
  Node busiest() {
    String name = books.busiest();
    return nodes().stream()
        .filter(Node::isAlive)
        .filter(node -> name.equals(nameOf(node)))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node runs jobs"));
  }

  private static String nameOf(Node node) {
    return new JsonObject(Web.get(node.url().resolve("/api/v1/cluster")).body()).getString("node");
  }

  /** Waits until so many runs of the batch have begun. */
  void awaitBegun(Submitted batch, int runs) {
    await(
        runs + " jobs have begun",
        Duration.ofMinutes(2),
        () -> arena.pool().runs().stream().filter(batch::owns).count() >= runs);
  }

  void awaitEnd(Submitted batch, Duration longest) {
    await(
        "batch " + batch.name() + " has ended",
        longest,
        () -> nodes().stream()
            .filter(Node::isAlive)
            .limit(1)
            .allMatch(node -> new Desk(node).hasEnded(batch)));
  }

  /** The first run of the batch that a server got after a moment, in milliseconds after it; waits for it. */
  double firstAfter(Submitted batch, long moment, Duration longest) {
    await(
        "a job of batch " + batch.name() + " begins",
        longest,
        () -> arena.pool().runs().stream().anyMatch(run -> isLater(batch, run, moment)));
    return arena.pool().runs().stream()
        .filter(run -> isLater(batch, run, moment))
        .mapToDouble(run -> (run.arrived() - moment) / 1e6)
        .min()
        .orElseThrow();
  }

  private static boolean isLater(Submitted batch, Seen run, long moment) {
    return batch.owns(run) && run.arrived() > moment;
  }

  /** Looks now and then: to ask costs the machine something, too. */
  private static void await(String what, Duration longest, BooleanSupplier condition) {
    Eventually.await(what, longest, () -> {
      boolean holds = condition.getAsBoolean();
      if (!holds) {
        LockSupport.parkNanos(LOOK_EVERY_NANOS);
      }
      return holds;
    });
  }

  static void pause(Duration howLong) {
    long until = System.nanoTime() + howLong.toNanos();
    for (long left = howLong.toNanos(); left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  Audit audit(Submitted batch) {
    return Audit.of(batch, books, arena.pool(), Run::expected);
  }

  /** Of one whose programs were really run. */
  Audit auditOfPrograms(Submitted batch) {
    return Audit.of(batch, books, arena.pool(), Run::printed);
  }

  @Override
  public void close() {
    arena.close();
    books.close();
    postgres.close();
  }
}
