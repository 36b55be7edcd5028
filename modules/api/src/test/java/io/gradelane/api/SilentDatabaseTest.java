package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.core.job.JobId;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.TcpFault;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database falls silent beneath a node: nothing is reset, nobody answers. */
final class SilentDatabaseTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final TcpFault relay = TcpFault.before(POSTGRES.port());
  private JobsHouse jobs;
  private House house;

  @BeforeEach
  void open() {
    String url = "postgresql://127.0.0.1:" + relay.port() + "/" + POSTGRES.database();
    jobs = new JobsHouse(
        new DatabaseAddress(url, POSTGRES.user(), POSTGRES.password(), 4, TIMEOUT),
        new Plan(),
        Path.of("unused"));
    house = jobs.house;
  }

  @AfterEach
  void close() {
    jobs.stopEngine();
    relay.close();
    jobs.close();
  }

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void liveRunsGoOnMeanwhileAndDurableOnesWhenItIsBack() {
    house.stub(1).holdReplies();
    JsonObject batch = jobs.submit(JobsHouse.batch(3));
    Eventually.await("all are with the server", () -> house.stub(1).held() == 3);
    relay.swallow(true);
    house.stub(1).releaseAll();
    Eventually.await("all have ended", () -> house.permits().out.isEmpty());

    assertThat(house.run().status()).as("somebody sits and waits").isEqualTo(200);
    assertThat(house.post(JobsHouse.BATCHES, JobsHouse.batch(1).encode()).status())
        .as("nothing is accepted that may not be kept")
        .isEqualTo(503);

    relay.swallow(false);
    Eventually.await(
        "it is kept",
        () -> house.get("/api/v1/jobs/" + batch.getString("firstJob")).status() == 200);
    assertThat(jobs.awaitEnd(batch.getString("id")).getInteger("finished")).isEqualTo(3);
    JobId first = JobId.parse(batch.getString("firstJob"));
    assertThat(Blocking.get(jobs.store.jobs().attempts(first))).hasSize(1);
  }
}
