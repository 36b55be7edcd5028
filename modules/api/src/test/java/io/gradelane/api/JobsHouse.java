package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
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
  private final Path dataDir;
  private String engine = "";

  JobsHouse(PostgresFixture postgres, Plan plan, Path dataDir) {
    AtomicReference<@Nullable JobStore> opened = new AtomicReference<>();
    plan.jobs = new JobDoor(() -> Optional.ofNullable(opened.get()));
    plan.dataDir = dataDir;
    this.dataDir = dataDir;
    house = new House(plan);
    String url =
        "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.database();
    store = Blocking.get(PostgresJobStore.open(
        house.vertx,
        new DatabaseAddress(url, postgres.user(), postgres.password(), 6),
        Sessions.Terms.DEFAULT,
        "n1"));
    opened.set(store);
    startEngine();
    Eventually.await("the node has a session", () -> plan.jobs.session().isPresent());
  }

  void startEngine() {
    engine = Blocking.get(house.vertx.deployVerticle(new JobsVerticle(house.ports)));
  }

  void stopEngine() {
    Blocking.get(house.vertx.undeploy(engine));
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

  @Override
  public void close() {
    stopEngine();
    Blocking.get(store.close());
    house.close();
  }
}
