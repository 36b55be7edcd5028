package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.store.jobs.Batches;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A {@link House} with the engine of durable jobs, in front of a real PostgreSQL. */
final class JobsHouse implements AutoCloseable {

  static final String BATCHES = "/api/v1/batches";
  static final String LINES = "Content-Type: application/x-ndjson";

  final House house;
  final JobStore store;
  private final AtomicReference<@Nullable JobStore> there = new AtomicReference<>();
  private final JobDoor door;
  private final Path dataDir;
  private String engine = "";

  /** One that keeps no uploads. */
  JobsHouse(PostgresFixture postgres, Plan plan) {
    this(postgres, plan, plan.dataDir);
  }

  JobsHouse(PostgresFixture postgres, Plan plan, Path dataDir) {
    this(address(postgres), plan, dataDir);
  }

  JobsHouse(DatabaseAddress database, Plan plan, Path dataDir) {
    door = new JobDoor(() -> Optional.ofNullable(there.get()));
    plan.jobs = door;
    plan.dataDir = dataDir;
    this.dataDir = dataDir;
    house = new House(plan);
    store =
        Blocking.get(PostgresJobStore.open(house.vertx, database, Sessions.Terms.DEFAULT, "n1"));
    there.set(store);
    startEngine();
    Eventually.await("the node has a session", () -> door.session().isPresent());
  }

  static DatabaseAddress address(PostgresFixture postgres) {
    String url =
        "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.database();
    return new DatabaseAddress(url, postgres.user(), postgres.password(), 6);
  }

  void startEngine() {
    engine = Blocking.get(house.vertx.deployVerticle(new JobsVerticle(house.ports)));
  }

  /** Stops it, unless it has been. */
  void stopEngine() {
    Blocking.get(leave());
  }

  /** Begins to stop it. */
  Future<Void> leave() {
    String leaving = engine;
    engine = "";
    return leaving.isEmpty() ? Future.succeededFuture() : house.vertx.undeploy(leaving);
  }

  /** Done as if the node had not reached its database yet. */
  void withoutDatabase(Runnable what) {
    there.set(null);
    try {
      what.run();
    } finally {
      there.set(store);
    }
  }

  /** A batch of so many jobs, whose sources tell them apart. */
  static JsonObject batch(int jobs) {
    JsonArray all = new JsonArray();
    for (int i = 1; i <= jobs; i++) {
      JsonObject spec = new JsonObject().put("sourcecode", "print(" + i + ")");
      all.add(new JsonObject().put("ref", "student " + i).put("run_spec", spec));
    }
    return new JsonObject()
        .put("lane", "bulk")
        .put("template", new JsonObject().put("language_id", "python3").put("sourcecode", "?"))
        .put("jobs", all);
  }

  /** What lies in the folder of uploads. */
  List<String> spooled() {
    Path folder = dataDir.resolve("uploads");
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject submit(JsonObject batch, String... headers) {
    return accepted(house.post(BATCHES, batch.encode(), headers));
  }

  /** Line by line. */
  JsonObject upload(String lines) {
    return accepted(house.post(BATCHES, lines, LINES));
  }

  private static JsonObject accepted(Wire.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body());
  }

  JsonObject get(String path) {
    Wire.Answer answer = house.get(path);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  Wire.Answer patch(String batch, String change) {
    return house.send(House.request("PATCH", BATCHES + "/" + batch, change));
  }

  JsonObject progress(String batch) {
    return get(BATCHES + "/" + batch).getJsonObject("progress");
  }

  JsonObject awaitEnd(String batch) {
    Eventually.await(
        "the batch has ended", () -> get(BATCHES + "/" + batch).getString("endedAt") != null);
    return progress(batch);
  }

  /** Past its door, which may have closed, and may want a key. */
  private void cancelWhatIsLeft() {
    Batches batches = store.batches();
    long session = door.session().orElse(0);
    Blocking.get(batches
        .open()
        .compose(open -> Future.join(open.stream()
            .filter(each -> !each.control().cancelled())
            .map(each -> batches.steer(session, each.id(), each.control().cancel(), "by a test"))
            .toList()))
        .otherwiseEmpty());
  }

  /** What a test leaves unfinished would be run in the next one, which has the same database. */
  void stopWork() {
    cancelWhatIsLeft();
    stopEngine();
  }

  @Override
  public void close() {
    stopWork();
    Blocking.get(store.close());
    house.close();
  }
}
