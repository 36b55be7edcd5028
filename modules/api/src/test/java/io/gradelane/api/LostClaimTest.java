package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.gradelane.testkit.TcpFault;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A claim is made, and its answer is lost on the way: nobody knows that the job runs. */
final class LostClaimTest {

  private final PostgresFixture postgres = PostgresFixture.killable();
  private final TcpFault relay = TcpFault.before(postgres.port());
  private House house;
  private JobStore direct;
  private JobStore relayed;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.jobs = new JobDoor(() -> Optional.ofNullable(relayed));
    house = new House(plan);
    direct = store(postgres.port());
    relayed = store(relay.port());
    Blocking.get(house.vertx.deployVerticle(new JobsVerticle(house.ports)));
    Eventually.await("the node has a session", () -> plan.jobs.session().isPresent());
  }

  @AfterEach
  void close() {
    house.close();
    relay.close();
    postgres.close();
  }

  @Test
  void theJobIsHandedBackAndRunOnce() {
    house.permits().hold();
    JobId job = JobId.parse(
        new JsonObject(house.post("/api/v1/jobs", House.spec("print(1)")).body())
            .getString("firstJob"));
    Eventually.await("it asks for a permit", () -> house.permits().waitingCount() == 1);
    relay.delayAnswers(Duration.ofSeconds(3));
    house.permits().grantNext();
    Eventually.await("it is claimed", () -> state(job).equals("running"));
    relay.cut().delayAnswers(Duration.ZERO);

    house.permits().grantNext();

    Eventually.await("it has ended", () -> state(job).equals("finished"));
    assertThat(Blocking.get(direct.jobs().attempts(job))).hasSize(2);
    assertThat(house.stubs.stream().mapToInt(stub -> stub.counts().runs()).sum())
        .isEqualTo(1);
  }

  private String state(JobId job) {
    return Blocking.get(direct.jobs().find(job)).orElseThrow().state().word();
  }

  private JobStore store(int port) {
    String url = "postgresql://" + postgres.host() + ":" + port + "/" + postgres.database();
    return Blocking.get(PostgresJobStore.open(
        house.vertx,
        new DatabaseAddress(url, postgres.user(), postgres.password(), 4),
        Sessions.Terms.DEFAULT,
        "n1"));
  }
}
