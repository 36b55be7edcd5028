package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.records.RecordBook;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.StubAnswer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What became of runs, from their end to who asks for it, through a real PostgreSQL. */
final class RunLogTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final String ADMIN = "X-API-KEY: operator";
  private static final String MOODLE = "X-API-KEY: moodle";

  private final AtomicReference<@Nullable JobStore> store = new AtomicReference<>();
  private House house;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.jobs = new JobDoor(() -> Optional.ofNullable(store.get()));
    plan.records = RecordBook.of(10);
    plan.keys = List.of(
        House.key("moodle", "moodle", Set.of(), Set.of("run")),
        House.key("operator", "operator", Set.of(), Set.of("run", "admin")));
    house = new House(plan);
    Blocking.get(house.vertx.deployVerticle(new KeepingVerticle(house.ports)));
  }

  @AfterEach
  void close() {
    JobStore opened = store.get();
    if (opened != null) {
      Blocking.get(opened.close());
    }
    house.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  private void connect() {
    String url =
        "postgresql://" + POSTGRES.host() + ":" + POSTGRES.port() + "/" + POSTGRES.database();
    store.set(Blocking.get(PostgresJobStore.open(
        house.vertx,
        new DatabaseAddress(url, POSTGRES.user(), POSTGRES.password(), 2),
        Sessions.Terms.DEFAULT,
        "n1")));
  }

  @Test
  void everyRunIsWrittenDownWithWhatBecameOfIt() {
    connect();
    house.stub(1).answering(spec -> StubAnswer.result(11, "no", "", ""));
    house.run(MOODLE, "X-Request-Id: request-11", "X-Gradelane-Lane: exam");
    String klingon = House.spec("", new JsonObject().put("language_id", "klingon"));
    house.post(House.RUNS, klingon, MOODLE, "X-Request-Id: request-12");

    JsonObject run = await("request-11");
    assertThat(run.getMap())
        .containsEntry("tenant", "moodle")
        .containsEntry("lane", "exam")
        .containsEntry("language", "python3")
        .containsEntry("node", "n1")
        .containsEntry("state", "answered")
        .containsEntry("outcome", "11")
        .containsEntry("status", 200)
        .containsEntry("attempts", 1)
        .containsEntry("doubt", "");
    assertThat(run.getJsonArray("servers")).containsExactly("s1");
    assertThat(run.getInteger("load")).isEqualTo(1);
    assertThat(run.getInteger("slots")).isEqualTo(4);
    assertThat(run.encode()).doesNotContain("hello");
    assertThat(await("request-12").getMap())
        .containsEntry("state", "turned_away")
        .containsEntry("outcome", "client_mistake")
        .containsEntry("status", 400)
        .containsEntry("attempts", 0);
  }

  @Test
  void aRunThatWasTriedTwiceNamesBothServers() {
    connect();
    house.stub(1).kill();
    house.run(MOODLE, "X-Request-Id: request-21");

    assertThat(await("request-21").getJsonArray("servers")).containsExactly("s1", "s2");
  }

  @Test
  void whoseCallerHasGoneIsWrittenDownToo() {
    connect();
    house.permits().hold();
    Wire caller = house
        .open()
        .send(House.request("POST", House.RUNS, House.HELLO, MOODLE, "X-Request-Id: request-31"));
    Eventually.await("it waits", () -> house.permits().waitingCount() == 1);
    caller.close();

    assertThat(await("request-31").getMap())
        .containsEntry("state", "gone")
        .containsEntry("status", 499);
  }

  @Test
  void whoIsNoAdministratorFindsHisOwnAlone() {
    connect();
    house.run(ADMIN, "X-Request-Id: request-41");
    house.run(MOODLE, "X-Request-Id: request-42");
    await("request-41");
    await("request-42");

    assertThat(runs("?size=500&key=operator", MOODLE))
        .isNotEmpty()
        .allMatch(run -> ((JsonObject) run).getString("tenant").equals("moodle"));
    assertThat(runs("?size=500&key=operator", ADMIN))
        .isNotEmpty()
        .allMatch(run -> ((JsonObject) run).getString("tenant").equals("operator"));
    assertThat(house.get("/api/v1/runs", MOODLE).status()).isEqualTo(403);
  }

  @Test
  void aRunIsFoundByTheIdThatItsCallerWasAnswered() {
    connect();
    house.run(MOODLE, "X-Request-Id: request-51");
    house.run(MOODLE, "X-Request-Id: request-52");
    await("request-51");
    await("request-52");

    assertThat(runs("?request=request-51", MOODLE))
        .singleElement()
        .matches(run -> ((JsonObject) run).getString("request").equals("request-51"));
    assertThat(runs("?request=request-5", MOODLE)).isEmpty();
    assertThat(runs("?request=request-51&to=2020-01-01T00:00:00Z", MOODLE)).isEmpty();
  }

  @Test
  void pagesFollowOneAnother() {
    connect();
    for (int i = 0; i < 3; i++) {
      house.run(MOODLE, "X-Request-Id: page-" + i);
    }
    await("page-2");

    JsonObject first = page("?size=2", MOODLE);
    JsonObject second = page("?size=2&before=" + first.getString("next"), MOODLE);
    assertThat(first.getJsonArray("runs").getJsonObject(0).getString("request"))
        .isEqualTo("page-2");
    assertThat(first.getJsonArray("runs").getJsonObject(1).getString("request"))
        .isEqualTo("page-1");
    assertThat(second.getJsonArray("runs").getJsonObject(0).getString("request"))
        .isEqualTo("page-0");
  }

  @Test
  void whatIsAskedWronglyIsSaid() {
    connect();
    for (String wrong :
        List.of("from=10:42", "to=tomorrow", "state=lost", "before=7", "size=0", "size=many")) {
      Wire.Answer answer = house.get("/api/v1/runs?" + wrong, ADMIN);
      assertThat(answer.status()).as(wrong).isEqualTo(400);
      assertThat(answer.body()).contains("expected");
    }
  }

  @Test
  void withoutADatabaseRunsGoOnAndTheOldestRecordsAreDropped() {
    for (int i = 0; i < 15; i++) {
      assertThat(house.run(MOODLE, "X-Request-Id: early-" + i).status()).isEqualTo(200);
    }
    assertThat(house.get("/api/v1/runs?size=5", ADMIN).status()).isEqualTo(503);
    Eventually.await("they are counted", () -> dropped() == 5);

    connect();
    await("early-14");
    assertThat(runs("?size=500", ADMIN).encode()).contains("early-5\"").doesNotContain("early-4");
  }

  private double dropped() {
    var counter = house.registry.find("gradelane.records.dropped").functionCounter();
    return counter == null ? 0 : counter.count();
  }

  private JsonObject await(String request) {
    AtomicReference<@Nullable JsonObject> found = new AtomicReference<>();
    Eventually.await("the record of " + request, () -> {
      for (Object run : runs("?size=500", ADMIN)) {
        if (((JsonObject) run).getString("request").equals(request)) {
          found.set((JsonObject) run);
        }
      }
      return found.get() != null;
    });
    return java.util.Objects.requireNonNull(found.get());
  }

  private JsonArray runs(String query, String key) {
    return page(query, key).getJsonArray("runs");
  }

  private JsonObject page(String query, String key) {
    Wire.Answer answer = house.get("/api/v1/runs" + query, key);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }
}
