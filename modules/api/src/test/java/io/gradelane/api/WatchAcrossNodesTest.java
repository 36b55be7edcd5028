package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.cluster.HazelcastCluster;
import io.gradelane.cluster.Joining;
import io.gradelane.cluster.Member;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.EventClient;
import io.gradelane.testkit.EventClient.Heard;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.FreePort;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A batch is watched on one node and run on another one of the same cluster; the first never looks but when it is told. */
final class WatchAcrossNodesTest {

  private final PostgresFixture postgres = PostgresFixture.start();
  private final int firstPort = FreePort.next();
  private final AtomicReference<@Nullable JobStore> store = new AtomicReference<>();
  private House watching;
  private JobsHouse running;

  @BeforeEach
  void open() {
    Plan plan = new Plan();
    plan.vertx = () -> join("watching", firstPort);
    plan.watchEvery = Duration.ofDays(1);
    plan.jobs = new JobDoor(() -> Optional.ofNullable(store.get()));
    watching = new House(plan);
    Plan other = new Plan();
    other.vertx = () -> join("running", FreePort.next());
    running = new JobsHouse(postgres, other);
    store.set(Blocking.get(PostgresJobStore.open(
        watching.vertx, JobsHouse.address(postgres), Sessions.Terms.DEFAULT, "watching")));
  }

  @AfterEach
  void close() {
    running.close();
    Blocking.get(Objects.requireNonNull(store.get()).close());
    watching.close();
    postgres.close();
  }

  @Test
  void whatOneNodeDoesIsToldByTheOther() {
    running.house.permits().hold();
    String batch = running.submit(JobsHouse.batch(2)).getString("id");
    try (EventClient client = EventClient.sse(
        watching.vertx.createHttpClient(),
        watching.port(),
        "/api/v1/events?batch=" + batch,
        Map.of(),
        heard -> {})) {
      client.await("subscribed", "");
      Eventually.await("both ask", () -> running.house.permits().waitingCount() == 2);

      running.house.permits().grantNext();
      Eventually.await("the first end is told", () -> finished(client) == 1);
      running.house.permits().grantNext();
      assertThat(finished(client.await("event", "ended"))).isEqualTo(2);
    }
  }

  private static int finished(EventClient client) {
    return finished(client.heard().getLast());
  }

  private static int finished(Heard heard) {
    return Objects.requireNonNull(heard.progress()).getInteger("finished");
  }

  private Vertx join(String node, int port) {
    Joining joining = new Joining(
        "watch-" + firstPort, "127.0.0.1", port, 0, List.of("127.0.0.1:" + firstPort), null, null);
    Member self = new Member(node, "", "dev", 1, "", "", 0);
    return Blocking.get(HazelcastCluster.join(joining, self, new VertxOptions()))
        .vertx();
  }
}
