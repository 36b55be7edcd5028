package io.gradelane.api;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.Listening;
import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.ScaleDecision;
import io.gradelane.core.fleet.Who;
import io.gradelane.core.fleet.Wish;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.NotOpenYet;
import io.gradelane.store.heap.HeapFleetTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FleetRoomsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");
  private static final String RUN_KEY = "only runs";

  private final HeapFleetTable table = new HeapFleetTable();
  private final Queue<FleetCommand> asked = new ConcurrentLinkedQueue<>();
  private House house = open(new House.Plan());

  private House open(House.Plan plan) {
    plan.fleet = table;
    return new House(plan);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aDatabaseThatIsNotOpenYetIsSaid() {
    FleetTable late = (FleetTable) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {FleetTable.class},
        (table, question, arguments) -> Future.failedFuture(new NotOpenYet()));
    House.Plan plan = new House.Plan();
    plan.fleet = late;
    try (House early = new House(plan)) {
      Wire.Answer answer = early.get("/api/v1/fleet");
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.header("Retry-After")).isEqualTo("5");
      assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo("no_database");
      assertThat(answer.body()).contains("database is not there yet; try again");
    }
  }

  @Test
  void itTellsHowManyHostsThereAreAndWhy() {
    assertThat(json("/api/v1/fleet/why").getString("why")).isEqualTo("Nobody has looked yet.");
    get(table.record(1, sample(NOW)));

    JsonObject fleet = json("/api/v1/fleet");
    assertThat(fleet.getString("scaling")).isEqualTo("auto");
    assertThat(fleet.getInteger("max")).isEqualTo(4);
    assertThat(fleet.getString("why")).isEqualTo("There are 2 hosts.");
    assertThat(fleet.getJsonObject("latest").getInteger("target")).isEqualTo(3);
    assertThat(fleet.getJsonObject("latest").getJsonObject("hosts").getMap())
        .containsEntry("ready", 1)
        .containsEntry("draining", 1);

    JsonObject why = json("/api/v1/fleet/why");
    assertThat(why.getString("why")).isEqualTo("There are 2 hosts.");
    assertThat(why.getJsonObject("load").getInteger("waiting")).isEqualTo(4);
    assertThat(why.getJsonArray("wishes").getJsonObject(0).getMap())
        .containsEntry("rule", "sqrt")
        .containsEntry("slots", 17)
        .containsEntry("words", "ten runs");
    assertThat(why.getJsonArray("wishes").getJsonObject(1).getValue("slots")).isNull();
  }

  @Test
  void itsHistoryIsToldFromAMomentOn() {
    get(table.record(1, sample(NOW)));
    get(table.record(1, sample(NOW.plusSeconds(10))));

    JsonObject page = json("/api/v1/fleet/history?since=2026-01-01T08:00:05Z");

    assertThat(page.getJsonArray("samples")).hasSize(1);
    assertThat(page.getJsonArray("samples").getJsonObject(0).getMap())
        .containsEntry("at", "2026-01-01T08:00:10Z")
        .containsEntry("launches", 1)
        .containsEntry("errors", 3);
    assertThat(page.containsKey("next")).isFalse();
    assertThat(json("/api/v1/fleet/history").getJsonArray("samples"))
        .as("the last hour")
        .isEmpty();
    assertThat(house.get("/api/v1/fleet/history?since=yesterday").status()).isEqualTo(400);
  }

  @Test
  void hostsAreListedWithTheirStatesAndReasons() {
    get(table.amend(null, host("h1", new HostState.Ready(NOW, "its server answers"))));
    get(table.amend(null, host("h2", new HostState.Draining(NOW, "surplus", Who.LOOP))));
    get(table.amend(null, host("h3", new HostState.Terminated(NOW, "gone"))));

    assertThat(json("/api/v1/fleet/hosts").getJsonArray("hosts")).hasSize(2);
    assertThat(json("/api/v1/fleet/hosts?terminated=true").getJsonArray("hosts"))
        .hasSize(3);
    assertThat(json("/api/v1/fleet/hosts/h2").getMap())
        .containsEntry("state", "draining")
        .containsEntry("drainedBy", "loop")
        .containsEntry("reason", "surplus")
        .containsEntry("ref", "i-h2");
    assertThat(house.get("/api/v1/fleet/hosts/h9").status()).isEqualTo(404);
  }

  @Test
  void whatIsAskedByHandGoesToTheFleetAndTheHostIsTheAnswer() {
    get(table.amend(null, host("h1", new HostState.Ready(NOW, "its server answers"))));
    fleet(new FleetAnswer.Changed("h1", "ready"));

    Wire.Answer launched = house.post("/api/v1/fleet/hosts", "");
    assertThat(launched.status()).isEqualTo(201);
    assertThat(launched.header("location")).isEqualTo("/api/v1/fleet/hosts/h1");
    assertThat(new JsonObject(launched.body()).getString("id")).isEqualTo("h1");
    assertThat(patch("{\"drain\":true}").status()).isEqualTo(200);
    assertThat(patch("{\"drain\":false}").status()).isEqualTo(200);
    assertThat(patch("{\"terminate\":true}").status()).isEqualTo(200);
    assertThat(asked)
        .extracting(Object::getClass)
        .containsExactly(
            FleetCommand.Launch.class,
            FleetCommand.Drain.class,
            FleetCommand.Undrain.class,
            FleetCommand.Terminate.class);
    for (String wrong : List.of("{}", "{\"drain\":true,\"terminate\":true}")) {
      assertThat(patch(wrong).status()).isEqualTo(422);
    }
    assertThat(patch("[]").status()).isEqualTo(400);
    assertThat(asked).hasSize(4);
  }

  @Test
  void aRefusalIsAConflictAndSilenceIsSaidAsSuch() {
    assertThat(patch("{\"drain\":true}").status()).as("nobody answers").isEqualTo(503);
    fleet(new FleetAnswer.Refused("host h1 is ready (expected: draining)"));

    Wire.Answer refused = patch("{\"drain\":false}");

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.body()).contains("host h1 is ready (expected: draining)");
  }

  @Test
  void changingNeedsTheScopeAdmin() {
    house.close();
    House.Plan plan = new House.Plan();
    plan.keys = List.of(House.key("runner", RUN_KEY, Set.of(), Set.of("run")));
    house = open(plan);
    String key = "X-API-KEY: " + RUN_KEY;

    assertThat(house.get("/api/v1/fleet/why", key).status()).isEqualTo(200);
    assertThat(house.get("/api/v1/fleet/hosts", key).status()).isEqualTo(403);
    assertThat(house.post("/api/v1/fleet/hosts", "", key).status()).isEqualTo(403);
    assertThat(house.get("/api/v1/fleet").status()).isEqualTo(401);
  }

  @Test
  void withoutAFleetThereIsNothing() {
    house.close();
    house = new House();

    Wire.Answer answer = house.get("/api/v1/fleet");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("no_fleet");
  }

  private void fleet(FleetAnswer answer) {
    get(Listening.to(
            house.vertx.eventBus(), Addresses.fleet("main", "n1"), FleetCommand.class, command -> {
              asked.add(command.body());
              command.reply(answer);
            })
        .completion());
  }

  private Wire.Answer patch(String body) {
    return house.send(House.request("PATCH", "/api/v1/fleet/hosts/h1", body));
  }

  private JsonObject json(String path) {
    return new JsonObject(house.get(path).body());
  }

  private static Host host(String id, HostState state) {
    return Host.born(new HostId(id), "i-" + id, "http://10.0.0.1:4000", state);
  }

  private static FleetSample sample(Instant at) {
    ScaleDecision decision = new ScaleDecision(
        at,
        Optional.of(new Load(6, 4)),
        List.of(
            new Wish("sqrt", 17, true, "ten runs"),
            new Wish("forecast", 0, false, "the load is not known")),
        17,
        3,
        3,
        at,
        true,
        3,
        "3 hosts wanted.");
    Census census = Census.of(List.of(
        host("h1", new HostState.Ready(NOW, "a")),
        host("h2", new HostState.Draining(NOW, "b", Who.LOOP))));
    return new FleetSample(decision, "There are 2 hosts.", census, 1, 2, 3);
  }
}
