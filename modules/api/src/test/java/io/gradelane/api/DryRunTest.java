package io.gradelane.api;

import static io.gradelane.api.JobsHouse.BATCHES;
import static io.gradelane.api.JobsHouse.LINES;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.Counters;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch would take, without submitting it. */
final class DryRunTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.start();
  private static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  @TempDir
  Path dataDir;

  private JobsHouse jobs;

  @BeforeEach
  void open() {
    jobs = new JobsHouse(POSTGRES, new Plan(), dataDir);
    LaneSpec live = House.lane("default");
    LaneSpec bulk =
        new LaneSpec("bulk", false, 5, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(10), 1000, false);
    PoolView view = new PoolView(
        List.of(new LaneView(live, 0, 0, 0), new LaneView(bulk, 0, 0, 0)),
        List.of(),
        8,
        1,
        3,
        0,
        NONE);
    jobs.house
        .vertx
        .eventBus()
        .<PoolQuestion>consumer(
            Addresses.questions("main", "n1"), asked -> asked.reply(new PoolAnswer.Viewed(view)));
  }

  @AfterEach
  void close() {
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void aForecastSaysHowLongItTakesAndWhatWasAssumedAndKeepsNothing() {
    int before = batches();

    JsonObject forecast = forecast(head("bulk") + job("python3").repeat(600) + job("klingon"));

    assertThat(forecast.getInteger("runs")).isEqualTo(601);
    assertThat(forecast.getInteger("unrunnable")).isEqualTo(1);
    assertThat(forecast.getDouble("slotSeconds")).isEqualTo(300);
    assertThat(forecast.getJsonObject("slots").getInteger("usable")).isEqualTo(5);
    assertThat(forecast.getDouble("minutes")).isEqualTo(1.0);
    assertThat(forecast.getJsonObject("liveLanes").getDouble("addedSeconds")).isEqualTo(0.1);
    assertThat(forecast.getJsonArray("assumed").encode())
        .contains("Nothing is known yet of python3, klingon");
    assertThat(batches()).isEqualTo(before);
    assertThat(jobs.spooled()).isEmpty();
  }

  @Test
  void whatIsAheadCountsAndALiveLaneSaysSo() {
    jobs.house.permits().hold();
    jobs.upload(head("default") + job("python3").repeat(160));

    JsonObject forecast = forecast(head("default") + job("python3").repeat(160));

    assertThat(forecast.getInteger("ahead")).isGreaterThanOrEqualTo(160);
    assertThat(forecast.getDouble("waitMinutes")).isGreaterThan(0);
    assertThat(forecast.getJsonObject("liveLanes").getString("words")).contains("live itself");
  }

  @Test
  void aForecastIsCheckedLikeTheThingItself() {
    assertThat(jobs.house.post(BATCHES + "?dryRun=true", head("bulk"), LINES).status())
        .isEqualTo(422);
    assertThat(jobs.house.post(BATCHES + "?dryRun=maybe", head("bulk"), LINES).status())
        .isEqualTo(400);
  }

  private JsonObject forecast(String upload) {
    Wire.Answer answer = jobs.house.post(BATCHES + "?dryRun=true", upload, LINES);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static String head(String lane) {
    return "{\"lane\":\"" + lane + "\"}\n";
  }

  private static String job(String language) {
    return "{\"run_spec\":{\"language_id\":\"" + language + "\",\"sourcecode\":\"\"}}\n";
  }

  private int batches() {
    return jobs.get(BATCHES + "?size=500").getJsonArray("batches").size();
  }
}
