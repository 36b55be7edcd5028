package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.system.Students.Check;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A node leaves while students work, with another node beside it and a balancer that asks for readiness. */
final class DrainTest {

  private static final int STUDENTS = 40;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  @Test
  void noRequestFailsWhenANodeDrainsUnderLoad() {
    StubJobe one = StubJobe.start(vertx).taking(Duration.ofMillis(40));
    StubJobe two = StubJobe.start(vertx).taking(Duration.ofMillis(40));
    Queue<Check> checks = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger next = new AtomicInteger();
    try (GatewayFixture leaving = GatewayFixture.start(
            new GatewayFixture.Plan().server(one, 4).drainDelay(Duration.ofSeconds(2)));
        GatewayFixture staying = GatewayFixture.start(new GatewayFixture.Plan().server(two, 4));
        Balancer balancer = new Balancer(vertx, leaving, staying);
        ExecutorService students = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < STUDENTS; i++) {
        students.execute(() -> {
          while (!over.get()) {
            Task task = Students.task(next.incrementAndGet(), 1);
            checks.add(new Check(task, balancer.client().execute(task)));
          }
        });
      }
      try {
        Eventually.await("the node is busy", () -> one.counts().executed() > 60);
        Future<Void> drained = leaving.drain();
        Blocking.get(drained);
        int afterwards = checks.size();
        assertThat(one.counts().inFlight()).isZero();
        Eventually.await("the other goes on", () -> checks.size() > afterwards + STUDENTS);
      } finally {
        over.set(true);
      }
    }
    System.out.println("drain under load: " + Students.times(List.copyOf(checks)));
    assertThat(checks).allMatch(Check::right);
    assertThat(two.counts().executed()).isPositive();
  }

  @Test
  void whatWaitsIsStillRunWhenTheNodeLeaves() {
    StubJobe stub = StubJobe.start(vertx);
    try (GatewayFixture gateway = GatewayFixture.start(new GatewayFixture.Plan().server(stub, 2));
        Students students = new Students()) {
      stub.holdReplies();
      students.all(12, gateway.client(), 0);
      Eventually.await("two run", () -> stub.held() == 2);
      Eventually.await(
          "ten wait", () -> gateway.meter("gradelane.lane.depth", "lane", "default") == 10);
      Future<Void> drained = gateway.drain();
      assertThat(drained.isComplete()).isFalse();
      stub.releaseAll();
      assertThat(students.results()).allMatch(Check::right);
      Blocking.get(drained);
    }
  }

  /** Sends new work to the first node as long as that one says that it is ready. */
  private static final class Balancer implements AutoCloseable {

    private final Vertx vertx;
    private final CodeRunnerClient first;
    private final CodeRunnerClient second;
    private final long check;
    private volatile boolean firstIsReady = true;

    Balancer(Vertx vertx, GatewayFixture first, GatewayFixture second) {
      this.vertx = vertx;
      this.first = first.client();
      this.second = second.client();
      var http = vertx.createHttpClient();
      int port = first.port();
      check = vertx.setPeriodic(
          25,
          timer -> http.request(HttpMethod.GET, port, "127.0.0.1", "/readyz")
              .compose(request -> request.send())
              .map(response -> response.statusCode() == 200)
              .otherwise(false)
              .onSuccess(ready -> firstIsReady = ready));
    }

    CodeRunnerClient client() {
      return List.of(first, second).get(firstIsReady ? 0 : 1);
    }

    @Override
    public void close() {
      vertx.cancelTimer(check);
    }
  }
}
