package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.EventClient;
import io.gradelane.testkit.EventClient.Heard;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches watched over SSE and WebSocket, through a real PostgreSQL. */
final class WatchTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final String ANNA = "anna's key";
  private static final String BEN = "ben's key";

  private final List<EventClient> clients = new ArrayList<>();
  private final List<String> batches = new ArrayList<>();
  private JobsHouse jobs;
  private House house;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.origins = List.of("https://grades.example");
    plan.keys = List.of(
        House.key("anna", ANNA, Set.of(), Set.of("run")),
        House.key("ben", BEN, Set.of(), Set.of("run")));
    jobs = new JobsHouse(POSTGRES, plan);
    house = jobs.house;
  }

  @AfterEach
  void close() {
    clients.forEach(EventClient::close);
    batches.forEach(batch -> patch(batch, "{\"cancelled\":true}"));
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void aBatchIsToldFromItsSnapshotToItsEnd() {
    house.permits().hold();
    String batch = submit(5);
    EventClient sse = sse("batch=" + batch, ANNA);
    EventClient ws = ws(ANNA, subscribe("mine", "batch", batch));

    for (EventClient client : List.of(sse, ws)) {
      Heard subscribed = client.await("subscribed", "");
      assertThat(Objects.requireNonNull(subscribed.progress()).getInteger("finished"))
          .isZero();
      assertThat(client.heard().getFirst().type()).isEqualTo("hello");
    }
    Eventually.await("all ask", () -> house.permits().waitingCount() == 5);
    for (int i = 0; i < 5; i++) {
      house.permits().grantNext();
    }
    for (EventClient client : List.of(sse, ws)) {
      Heard ended = client.await("event", "ended");
      assertThat(Objects.requireNonNull(ended.progress()).getInteger("finished"))
          .isEqualTo(5);
      assertThat(ended.data().getJsonObject("batch").getString("endedAt")).isNotNull();
    }
    assertThat(ws.heard().getLast().data().getString("id")).isEqualTo("mine");
  }

  @Test
  void whoComesBackWithHisCursorIsToldTheRestOnce() {
    String batch = submit(3);
    EventClient whole = sse("batch=" + batch + "&from=", ANNA);
    whole.await("event", "ended");
    Heard submitted = whole.await("event", "submitted");

    EventClient rest = sse(
        "batch=" + batch,
        Map.of("X-API-KEY", ANNA, "Last-Event-ID", String.valueOf(submitted.cursor())));
    Heard ended = rest.await("event", "ended");
    EventClient nothing = sse("batch=" + batch + "&from=" + ended.cursor(), ANNA);
    nothing.await("subscribed", "");
    patchAfterTheEnd(batch);

    assertThat(rest.heard()).extracting(Heard::kind).doesNotContain("submitted");
    assertThat(rest.heard()).filteredOn(each -> each.kind().equals("ended")).hasSize(1);
    assertThat(nothing.heard()).extracting(Heard::type).containsExactly("hello", "subscribed");
  }

  /** Something that a further event would come before. */
  private void patchAfterTheEnd(String batch) {
    String late = submit(1);
    sse("batch=" + late + "&from=", ANNA).await("event", "ended");
    assertThat(patch(batch, "{\"paused\":true}").status()).isEqualTo(409);
  }

  @Test
  void aJobIsToldItsEnd() {
    house.permits().hold();
    String batch = submit(2);
    String job = get("/api/v1/batches/" + batch + "/jobs")
        .getJsonArray("jobs")
        .getJsonObject(1)
        .getString("id");
    EventClient client = ws(ANNA, subscribe("j", "job", job));
    assertThat(client.await("subscribed", "").data().getJsonObject("job").getString("state"))
        .isEqualTo("waiting");
    Eventually.await("both ask", () -> house.permits().waitingCount() == 2);
    house.permits().grantNext();
    house.permits().grantNext();

    Heard told = client.await("event", "job");
    assertThat(told.data().getJsonObject("job").getString("state")).isEqualTo("finished");
    assertThat(told.data().getJsonObject("job").getString("id")).isEqualTo(job);
  }

  @Test
  void steeringIsToldWithTheBatchAsItIsThen() {
    house.permits().hold();
    String batch = submit(1);
    EventClient client = sse("batch=" + batch, ANNA);
    client.await("subscribed", "");
    patch(batch, "{\"paused\":true}");

    Heard steered = client.await("event", "steered");
    assertThat(steered.data().getString("detail")).isEqualTo("by anna");
    assertThat(steered.data().getJsonObject("batch").getString("paused")).isEqualTo("by anna");
  }

  @Test
  void othersBatchesAreNotThereAndFiguresNeedAdmin() {
    String batch = submit(1);
    assertThat(sse("batch=" + batch, BEN).status()).isEqualTo(404);
    assertThat(sse("pool", ANNA).status()).isEqualTo(403);
    EventClient ws = ws(BEN, subscribe("a", "batch", batch), subscribe("b", "lane", "exam"));
    Eventually.await("both are refused", () -> ws.heard().size() == 3);
    assertThat(ws.heard().subList(1, 3))
        .extracting(each -> each.data().getInteger("status"))
        .containsExactlyInAnyOrder(404, 403);
  }

  @Test
  void whatIsWrongIsSaid() {
    assertThat(sse("", ANNA).status()).isEqualTo(400);
    assertThat(sse("batch=1&job=2", ANNA).status()).isEqualTo(400);
    assertThat(sse("batch=nonsense", ANNA).status()).isEqualTo(404);
    assertThat(sse("batch=" + submit(1) + "&from=nonsense", ANNA).status()).isEqualTo(400);
    assertThat(sse("batch=" + submit(1), Map.of()).status()).isEqualTo(401);
    assertThat(house.get("/api/v1/ws", "X-API-KEY: " + ANNA).status()).isEqualTo(426);
    assertThat(house.get("/api/v1/tickets", "X-API-KEY: " + ANNA).status()).isEqualTo(405);
    assertThat(house.post("/api/v1/tickets", "{}").status()).isEqualTo(401);
  }

  @Test
  void aSocketThatTalksNonsenseIsClosedAndOneThatErrsIsTold() {
    EventClient errs = ws(ANNA, new JsonObject().put("type", "dance").put("id", "x"));
    assertThat(errs.await("problem", "").data().getString("detail")).contains("'dance'");
    errs.say("{\"type\":\"unsubscribe\",\"id\":\"never\"}");
    Eventually.await("it is told", () -> errs.heard().size() == 3);
    errs.say("no json");
    assertThat(Blocking.get(errs.ended())).isEqualTo(4400);

    EventClient binary = ws(ANNA);
    binary.say(Buffer.buffer(new byte[] {1}));
    assertThat(Blocking.get(binary.ended())).isEqualTo(1003);

    EventClient large = ws(ANNA);
    large.say("x".repeat(20_000));
    assertThat(Blocking.get(large.ended())).isEqualTo(1009);
    Eventually.await(
        "all are counted out",
        () -> house.registry.get("gradelane.watchers").gauge().value() == 0);
  }

  @Test
  void whatIsUnsubscribedIsHeardNoMore() {
    house.permits().hold();
    String batch = submit(1);
    EventClient client = ws(ANNA, subscribe("a", "batch", batch));
    client.await("subscribed", "");
    client.say("{\"type\":\"unsubscribe\",\"id\":\"a\"}");
    client.await("unsubscribed", "");
    client.say(subscribe("a", "batch", batch).encode());
    Eventually.await("it begins again", () -> client.heard().size() == 4);
    assertThat(client.heard().getLast().type()).isEqualTo("subscribed");
  }

  @Test
  void aTicketOpensOneStreamOnce() {
    String batch = submit(1);
    Wire.Answer issued = house.post("/api/v1/tickets", "", "X-API-KEY: " + ANNA);
    assertThat(issued.status()).isEqualTo(201);
    String ticket = new JsonObject(issued.body()).getString("ticket");

    EventClient first = ws("/api/v1/ws?ticket=" + ticket, Map.of(), subscribe("a", "batch", batch));
    first.await("subscribed", "");
    assertThat(sse("batch=" + batch + "&ticket=" + ticket, Map.of()).status()).isEqualTo(401);
    assertThat(ws("/api/v1/ws?ticket=0123", Map.of()).status()).isEqualTo(401);
  }

  @Test
  void pagesOfOtherOriginsMayNotWatch() {
    assertThat(handshake("https://evil.example")).isEqualTo(403);
    assertThat(handshake("https://grades.example")).isEqualTo(101);
    assertThat(handshake("http://gateway")).isEqualTo(101);
  }

  private int handshake(String origin) {
    return house
        .get(
            "/api/v1/ws",
            "X-API-KEY: " + ANNA,
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Protocol: chat, gradelane.v1",
            "Origin: " + origin)
        .status();
  }

  @Test
  void onLeavingEverybodyIsSentElsewhereBeforeTheDoorCloses() {
    house.permits().hold();
    String batch = submit(1);
    EventClient sse = sse("batch=" + batch, ANNA);
    EventClient ws = ws(ANNA, subscribe("a", "batch", batch));
    sse.await("subscribed", "");
    ws.await("subscribed", "");
    patch(batch, "{\"cancelled\":true}");
    batches.clear();

    Blocking.get(house.verticle.drain());

    assertThat(sse.await("bye", "").data().getInteger("retry")).isBetween(100, 2000);
    assertThat(ws.await("bye", "").data().getInteger("retry")).isBetween(100, 2000);
    assertThat(Blocking.get(ws.ended())).isEqualTo(1001);
    assertThat(Blocking.get(sse.ended())).isZero();
  }

  @Test
  void withoutADatabaseThereIsNothingToWatch() {
    jobs.withoutDatabase(
        () -> assertThat(sse("batch=0190a0a0-0000-7000-8000-000000000000", ANNA).status())
            .isEqualTo(503));
  }

  private EventClient sse(String query, String key) {
    return sse(query, Map.of("X-API-KEY", key));
  }

  private EventClient sse(String query, Map<String, String> headers) {
    return kept(EventClient.sse(
        house.vertx.createHttpClient(),
        house.port(),
        "/api/v1/events?" + query,
        headers,
        heard -> {}));
  }

  private EventClient ws(String key, JsonObject... first) {
    return ws("/api/v1/ws", Map.of("X-API-KEY", key), first);
  }

  private EventClient ws(String uri, Map<String, String> headers, JsonObject... first) {
    return kept(EventClient.ws(
        house.vertx.createWebSocketClient(),
        house.port(),
        uri,
        headers,
        List.of(first),
        heard -> {}));
  }

  private EventClient kept(EventClient client) {
    clients.add(client);
    return client;
  }

  private static JsonObject subscribe(String id, String topic, String of) {
    return new JsonObject().put("type", "subscribe").put("id", id).put(topic, of);
  }

  private String submit(int count) {
    String id = jobs.submit(JobsHouse.batch(count), "X-API-KEY: " + ANNA).getString("id");
    batches.add(id);
    return id;
  }

  private Wire.Answer patch(String batch, String change) {
    return house.send(
        House.request("PATCH", "/api/v1/batches/" + batch, change, "X-API-KEY: " + ANNA));
  }

  private JsonObject get(String path) {
    return new JsonObject(house.get(path, "X-API-KEY: " + ANNA).body());
  }
}
