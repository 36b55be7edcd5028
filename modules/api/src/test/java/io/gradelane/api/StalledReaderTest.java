package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.EventClient;
import io.gradelane.testkit.EventClient.Heard;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Some who watch stop reading, while the connection is open, and go on later. */
final class StalledReaderTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();

  /** So long a name that some hundred words about what it did fill every buffer of a connection. */
  private static final String NAME = "anna" + "a".repeat(20_000);

  private static final String KEY = "anna's key";

  private static final int STEERED = 300;

  /** More than any connection holds, and fewer than are kept for one who comes back. */
  private static final int FULL = 600;

  private static final int JOBS = 20;
  private static final int SMALL = 4_096;

  @SuppressWarnings("NullAway.Init") // each test opens it
  private JobsHouse jobs;

  @SuppressWarnings("NullAway.Init") // likewise
  private House house;

  private String batch = "";

  /** @param watchEvery a second of those who watch: they are pinged every 15 */
  private void open(Duration watchEvery) {
    Plan plan = new Plan();
    plan.watchEvery = watchEvery;
    plan.keys = List.of(House.key(NAME, KEY, Set.of(), Set.of("run")));
    jobs = new JobsHouse(POSTGRES, plan);
    house = jobs.house;
  }

  /** What is left would be run in the next test, which has the same database. */
  @AfterEach
  void close() {
    house.send(cancelling());
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void theyAreToldLessAndTheEndAndHoldUpNobody() {
    open(Duration.ofSeconds(1));
    submit();
    EventClient reading = reading();
    List<EventClient> stalled = stalled();
    Eventually.await("all ask", () -> house.permits().waitingCount() == JOBS);

    for (int i = 0; i < STEERED; i++) {
      steer(i % 2);
    }
    for (int i = 1; i <= JOBS; i++) {
      int finished = i;
      house.permits().grantNext();
      Eventually.await("its end is told", () -> finished(reading) == finished);
    }
    reading.await("event", "ended");
    assertThat(progress(reading)).as("who reads is told each step").isGreaterThan(JOBS / 2);
    stalled.forEach(
        each -> assertThat(each.heard()).extracting(Heard::kind).doesNotContain("ended"));

    stalled.forEach(EventClient::resume);

    for (EventClient each : stalled) {
      assertThat(finished(each.await("event", "ended"))).isEqualTo(JOBS);
      assertThat(each.heard())
          .filteredOn(heard -> heard.kind().equals("steered"))
          .hasSize(STEERED);
      assertThat(each.heard()).filteredOn(heard -> heard.kind().equals("ended")).hasSize(1);
      assertThat(each.heard()).extracting(Heard::type).doesNotContain("gap");
      assertThat(progress(each)).as("progress is told as it stands").isLessThan(3);
    }
    stalled.forEach(EventClient::close);
    reading.close();
  }

  @Test
  void whoReadsNothingForLongIsLetGoAndComesBackToWhatHeHasNotHeard() {
    open(Duration.ofMillis(120));
    submit();
    EventClient reading = reading();
    List<EventClient> stalled = stalled();

    for (int i = 0; i < FULL; i++) {
      steer(i % 2);
    }
    Eventually.await("only who reads is left", () -> watchers() == 1);
    assertThat(house.send(cancelling()).status()).isEqualTo(200);

    reading.await("event", "ended");
    for (EventClient each : stalled) {
      List<Heard> before = each.heard();
      assertThat(before).extracting(Heard::kind).doesNotContain("ended");
      EventClient back = sse("&from=" + before.getLast().cursor());
      back.await("event", "ended");
      assertThat(steered(before) + steered(back.heard()))
          .as("nothing is missed and nothing told twice")
          .isEqualTo(steered(reading.heard()));
      back.close();
      each.close();
    }
    reading.close();
  }

  private EventClient reading() {
    EventClient reading = sse("");
    reading.await("subscribed", "");
    return reading;
  }

  /** In both ways of watching: subscribed, and reading no more. */
  private List<EventClient> stalled() {
    List<EventClient> stalled = List.of(sse(""), ws());
    stalled.forEach(each -> each.await("subscribed", ""));
    stalled.forEach(EventClient::pause);
    return stalled;
  }

  private double watchers() {
    return house.registry.get("gradelane.watchers").gauge().value();
  }

  private static long steered(List<Heard> heard) {
    return heard.stream().filter(each -> each.kind().equals("steered")).count();
  }

  /** Nothing of it starts before it is granted. */
  private void submit() {
    house.permits().hold();
    batch = jobs.submit(JobsHouse.batch(JOBS), "X-API-KEY: " + KEY).getString("id");
  }

  /** As long as it is not paused, what waits for its grant waits on. */
  private void steer(int priority) {
    assertThat(house.send(change("{\"priority\":" + priority + "}")).status()).isEqualTo(200);
  }

  private String cancelling() {
    return change("{\"cancelled\":true}");
  }

  private String change(String change) {
    return House.request("PATCH", JobsHouse.BATCHES + "/" + batch, change, "X-API-KEY: " + KEY);
  }

  private static int finished(EventClient client) {
    return finished(client.heard().getLast());
  }

  private static int finished(Heard heard) {
    return Objects.requireNonNull(heard.progress()).getInteger("finished");
  }

  private static long progress(EventClient client) {
    return client.heard().stream()
        .filter(each -> each.kind().equals("progress"))
        .count();
  }

  /** @param more of the query */
  private EventClient sse(String more) {
    return EventClient.sse(
        house.vertx.createHttpClient(new HttpClientOptions().setReceiveBufferSize(SMALL)),
        house.port(),
        "/api/v1/events?batch=" + batch + more,
        Map.of("X-API-KEY", KEY),
        heard -> {});
  }

  private EventClient ws() {
    JsonObject subscribe =
        new JsonObject().put("type", "subscribe").put("id", "1").put("batch", batch);
    return EventClient.ws(
        house.vertx.createWebSocketClient(new WebSocketClientOptions().setReceiveBufferSize(SMALL)),
        house.port(),
        "/api/v1/ws",
        Map.of("X-API-KEY", KEY),
        List.of(subscribe),
        heard -> {});
  }
}
