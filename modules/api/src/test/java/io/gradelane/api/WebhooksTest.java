package io.gradelane.api;

import static io.gradelane.api.JobsHouse.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.standardwebhooks.Webhook;
import io.gradelane.api.House.Plan;
import io.gradelane.api.hooks.WebhooksVerticle;
import io.gradelane.settings.Settings;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks from their registration to what arrives, through a real PostgreSQL. */
final class WebhooksTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();
  private static final int PER_ENDPOINT = 8;
  private static final String HOOKS = "/api/v1/webhooks";

  /** A delivery as the endpoint saw it. */
  private record Told(Map<String, List<String>> headers, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }

    String id() {
      return Objects.requireNonNull(headers.get("webhook-id")).getFirst();
    }
  }

  private final List<Told> told = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile boolean silent;
  private JobsHouse jobs;
  private House house;
  private String sender = "";
  private String url = "";

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.webhooks =
        new Settings.Webhooks(List.of("127.0.0.1/32"), true, PER_ENDPOINT, 2 * PER_ENDPOINT);
    jobs = new JobsHouse(POSTGRES, plan);
    house = jobs.house;
    sender = Blocking.get(house.vertx.deployVerticle(new WebhooksVerticle(house.ports)));
    url = "http://127.0.0.1:" + endpoint();
  }

  @AfterEach
  void close() {
    Blocking.get(house.vertx.undeploy(sender));
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void theEndOfABatchIsToldSignedWithTheSecretThatWasShownOnce() {
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    assertThat(hook.getString("secret")).startsWith("whsec_");
    assertThat(house.get(HOOKS).body()).contains(hook.getString("id")).doesNotContain("whsec_");
    String batch = post("/api/v1/batches", batch(3), 201).getString("id");

    Told first = awaitTold(batch);

    JsonObject data = first.json().getJsonObject("data");
    assertThat(first.json().getString("type")).isEqualTo("batch.ended");
    assertThat(data.getInteger("finished")).isEqualTo(3);
    assertThat(data.getInteger("total")).isEqualTo(3);
    HttpHeaders headers = HttpHeaders.of(first.headers(), (name, value) -> true);
    assertThatCode(() -> new Webhook(hook.getString("secret")).verify(first.body(), headers))
        .doesNotThrowAnyException();
    remove(hook);
  }

  @Test
  void whatWasDeliveredCanBeReplayedUnderTheSameId() {
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    String batch = post("/api/v1/batches", batch(1), 201).getString("id");
    Told first = awaitTold(batch);
    String deliveries = HOOKS + "/" + hook.getString("id") + "/deliveries";
    Eventually.await(
        "it is listed as delivered", () -> list(deliveries + "?state=delivered").size() == 1);
    assertThat(list(deliveries + "?state=dead")).isEmpty();
    String id = list(deliveries).getJsonObject(0).getString("id");
    assertThat(first.id()).isEqualTo("msg_" + id);

    post(deliveries + "/" + id + "/replay", new JsonObject(), 202);

    Eventually.await("it has come again", () -> tells(batch).size() == 2);
    assertThat(tells(batch)).extracting(Told::id).containsOnly(first.id());
    assertThat(tells(batch)).extracting(Told::body).containsOnly(first.body());
    remove(hook);
  }

  @Test
  void aBatchCanNameAWebhookOfItsOwnAndHearOfEachJob() {
    JsonObject wish = new JsonObject().put("url", url + "/own").put("jobEvents", true);
    JsonObject submitted = post("/api/v1/batches", batch(2).put("webhook", wish), 201);
    String batch = submitted.getString("id");
    assertThat(submitted.getJsonObject("webhook").getString("secret")).startsWith("whsec_");

    Eventually.await("two jobs and their batch are told", () -> tells(batch).size() == 3);

    assertThat(tells(batch))
        .extracting(each -> each.json().getString("type"))
        .containsExactlyInAnyOrder("job.ended", "job.ended", "batch.ended");
    assertThat(tells(batch))
        .extracting(each -> each.json().getJsonObject("data").getString("ref"))
        .contains("student 1", "student 2");
  }

  @Test
  void whoAnswers410IsToldNothingMore() {
    status = 410;
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    awaitTold(post("/api/v1/batches", batch(1), 201).getString("id"));
    Eventually.await(
        "it is disabled",
        () -> hooks().stream()
            .anyMatch(each -> each.getString("id").equals(hook.getString("id"))
                && each.getString("disabledAt") != null));

    String deliveries = HOOKS + "/" + hook.getString("id") + "/deliveries?state=dead";
    assertThat(list(deliveries).getJsonObject(0).getString("reason")).isEqualTo("status 410");
    remove(hook);
  }

  @Test
  void whatFailsWaitsForItsNextTry() {
    status = 500;
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    awaitTold(post("/api/v1/batches", batch(1), 201).getString("id"));
    String waiting = HOOKS + "/" + hook.getString("id") + "/deliveries?state=waiting";

    Eventually.await(
        "the try is settled",
        () -> Integer.valueOf(500).equals(list(waiting).getJsonObject(0).getInteger("status")));
    assertThat(list(waiting).getJsonObject(0).getString("dueAt")).isNotNull();
    remove(hook);
  }

  @Test
  void whoNeverAnswersIsCutOffCountedAndToldAgain() {
    Blocking.get(house.vertx.undeploy(sender));
    sender = Blocking.get(
        house.vertx.deployVerticle(new WebhooksVerticle(house.ports, Duration.ofSeconds(1))));
    silent = true;
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    String batch = post("/api/v1/batches", batch(1), 201).getString("id");
    String deliveries = HOOKS + "/" + hook.getString("id") + "/deliveries";

    Eventually.await(
        "the try is given up",
        () -> list(deliveries).stream()
            .anyMatch(each ->
                String.valueOf(((JsonObject) each).getString("reason")).startsWith("no answer")));
    JsonObject waiting = list(deliveries).getJsonObject(0);
    assertThat(waiting.getString("state")).isEqualTo("waiting");
    assertThat(waiting.getInteger("tries")).isOne();
    assertThat(waiting.getString("dueAt")).isNotNull();
    assertThat(house.count("gradelane.webhooks", "result", "failed")).isEqualTo(1);

    silent = false;
    Eventually.await("it is told again", () -> tells(batch).size() == 2);
    Eventually.await(
        "it has arrived", () -> list(deliveries + "?state=delivered").size() == 1);
    remove(hook);
  }

  @Test
  void anEndpointThatHangsHoldsUpNoOther() {
    int many = 60;
    AtomicInteger hanging = new AtomicInteger();
    HttpServer silent =
        house.vertx.createHttpServer().requestHandler(request -> hanging.incrementAndGet());
    int port = Blocking.get(silent.listen(0, "127.0.0.1")).actualPort();
    JsonArray ends = new JsonArray().add("job.ended");
    JsonObject slow = post(
        HOOKS,
        new JsonObject().put("url", "http://127.0.0.1:" + port + "/").put("events", ends),
        201);
    JsonObject good =
        post(HOOKS, new JsonObject().put("url", url + "/good").put("events", ends), 201);

    String batch = post("/api/v1/batches", batch(many), 201).getString("id");

    Eventually.await("the other one is told all", () -> tells(batch).size() == many);
    Eventually.await("the silent one was asked", () -> hanging.get() > 0);
    assertThat(hanging.get()).isLessThanOrEqualTo(PER_ENDPOINT);
    remove(slow);
    remove(good);
  }

  @Test
  void whatMayNotBeReachedIsRefusedWithItsPlace() {
    for (String bad :
        List.of("https://10.0.0.1/", "https://u:p@a.edu/", "ftp://a.edu/", "nowhere")) {
      Wire.Answer answer = house.post(HOOKS, new JsonObject().put("url", bad).encode());
      assertThat(answer.status()).as(bad).isEqualTo(422);
      assertThat(answer.body()).contains("/url").contains("expected");
    }
    JsonObject wish = new JsonObject().put("url", "https://[::1]/");
    Wire.Answer answer =
        house.post("/api/v1/batches", batch(1).put("webhook", wish).encode());
    assertThat(answer.body()).contains("/webhook/url");
    wish = new JsonObject().put("id", "5f1d4c1e-0000-4000-8000-000000000000");
    answer = house.post("/api/v1/batches", batch(1).put("webhook", wish).encode());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.body()).contains("/webhook/id");
  }

  @Test
  void aNewSecretIsShownOnceAndWhatIsUnknownIsNotThere() {
    JsonObject hook = post(HOOKS, new JsonObject().put("url", url + "/hook"), 201);
    String one = HOOKS + "/" + hook.getString("id");
    assertThat(post(one + "/rotate", new JsonObject(), 200).getString("secret"))
        .startsWith("whsec_")
        .isNotEqualTo(hook.getString("secret"));
    assertThat(house.get(one + "/deliveries?state=nonsense").status()).isEqualTo(400);
    remove(hook);
    assertThat(house.get(one + "/deliveries").status()).isEqualTo(404);
    assertThat(house.get(HOOKS + "/nonsense/deliveries").status()).isEqualTo(404);
  }

  private int endpoint() {
    HttpServer server = house
        .vertx
        .createHttpServer()
        .requestHandler(request -> request.body().onSuccess(body -> {
          Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
          request.headers().forEach((name, value) -> headers.put(name, List.of(value)));
          told.add(new Told(headers, body.toString()));
          if (!silent) {
            request.response().setStatusCode(status).end();
          }
        }));
    return Blocking.get(server.listen(0, "127.0.0.1")).actualPort();
  }

  private List<Told> tells(String batch) {
    return told.stream()
        .filter(each -> each.json().getJsonObject("data").getString("batch").equals(batch))
        .toList();
  }

  private Told awaitTold(String batch) {
    Eventually.await("it is told", () -> !tells(batch).isEmpty());
    return tells(batch).getFirst();
  }

  private void remove(JsonObject hook) {
    String path = HOOKS + "/" + hook.getString("id");
    assertThat(house.send(House.request("DELETE", path, "")).status()).isEqualTo(200);
  }

  private List<JsonObject> hooks() {
    return new JsonObject(house.get(HOOKS).body())
        .getJsonArray("webhooks").stream().map(JsonObject.class::cast).toList();
  }

  private JsonArray list(String path) {
    return new JsonObject(house.get(path).body()).getJsonArray("deliveries");
  }

  private JsonObject post(String path, JsonObject body, int expected) {
    Wire.Answer answer = house.post(path, body.encode());
    assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
    return new JsonObject(answer.body());
  }
}
