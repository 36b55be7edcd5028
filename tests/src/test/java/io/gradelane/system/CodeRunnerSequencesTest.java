package io.gradelane.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.store.redis.RedisFileStore;
import io.gradelane.system.Students.Check;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.RedisFixture;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What CodeRunner does all day (run, 404, PUT the files, run again), by many students at once. */
final class CodeRunnerSequencesTest {

  private static final int STUDENTS = 200;
  private static final int SLOTS = 8;

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe one = StubJobe.start(vertx).taking(Duration.ofMillis(30));
  private final StubJobe two = StubJobe.start(vertx).taking(Duration.ofMillis(30));
  private final Students students = new Students();

  @AfterEach
  void stop() {
    students.close();
    Blocking.get(vertx.close());
  }

  @Test
  void everyStudentGetsHisOwnAnswerThoughAServerDiesOnTheWay() {
    try (GatewayFixture gateway =
        GatewayFixture.start(new GatewayFixture.Plan().server(one, SLOTS).server(two, SLOTS))) {
      students.all(STUDENTS, gateway.client(), 2);
      Eventually.await("the second is busy", () -> two.counts().executed() > STUDENTS / 8);
      two.kill();
      List<Check> checks = students.results();
      System.out.println("one of two servers dies: " + Students.times(checks));
      assertThat(checks).allMatch(Check::right);
      assertThat(checks)
          .allSatisfy(check ->
              assertThat(check.execution().statuses()).containsExactly(404, 204, 204, 200));
      assertThat(List.of(one, two))
          .allSatisfy(stub -> assertThat(stub.counts().mostInFlight()).isBetween(1, SLOTS));
      assertThat(one.counts().executed()).isGreaterThan(STUDENTS / 2);
    }
  }

  @Test
  void aServerThatComesBackTakesRunsAgain() {
    try (GatewayFixture gateway =
        GatewayFixture.start(new GatewayFixture.Plan().server(one, SLOTS).server(two, SLOTS))) {
      two.kill();
      Eventually.await("it is seen", () -> !gateway.state("s2").grantable());
      two.revive();
      gateway.awaitReady("s2");
      int before = two.counts().executed();
      students.all(50, gateway.client(), 0);
      assertThat(students.results()).allMatch(Check::right);
      assertThat(two.counts().executed()).isGreaterThan(before);
    }
  }

  @Test
  void whatTheGatewayHasCostsNoSecondUpload() {
    try (GatewayFixture gateway =
        GatewayFixture.start(new GatewayFixture.Plan().server(one, SLOTS).server(two, SLOTS))) {
      CodeRunnerClient client = gateway.client();
      assertThat(client.execute(Students.task(1, 3)).statuses())
          .containsExactly(404, 204, 204, 204, 200);
      one.forgetFiles();
      two.forgetFiles();
      students.check(client, Students.task(1, 3));
      assertThat(students.results()).allMatch(Check::right);
      assertThat(students.results().getFirst().execution().statuses()).containsExactly(200);
    }
  }

  @Test
  void twoNodesShareTheirFilesThroughRedis() {
    try (RedisFixture redis = RedisFixture.start();
        GatewayFixture a = GatewayFixture.start(plan(redis, one));
        GatewayFixture b = GatewayFixture.start(plan(redis, two))) {
      assertThat(a.client().execute(Students.task(1, 2)).statuses())
          .containsExactly(404, 204, 204, 200);
      students.check(b.client(), Students.task(1, 2));
      assertThat(students.results()).allMatch(Check::right);
      assertThat(students.results().getFirst().execution().statuses()).containsExactly(200);
      redis.kill();
      students.check(b.client(), Students.task(2, 2));
      assertThat(students.results()).allMatch(Check::right);
    }
  }

  private static GatewayFixture.Plan plan(RedisFixture redis, StubJobe stub) {
    Duration ttl = Duration.ofHours(1);
    return new GatewayFixture.Plan()
        .server(stub, SLOTS)
        .files(vertx -> RedisFileStore.over(
            vertx,
            redis.url(),
            "test:",
            HeapFileStore.inHeap(vertx, 8 << 20, ttl, InstantSource.system()),
            ttl,
            Duration.ofSeconds(2),
            System::nanoTime));
  }
}
