package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.FreePort;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two clusters of one name that find each other, as the two sides of a split do when it heals. */
@Tag("slow")
class HealedSplitTest {

  private static final Duration MERGED_WITHIN = Duration.ofSeconds(90);

  /** Until they look for each other: so long the test may take to fill both sides. */
  private static final String APART_SECONDS = "25";

  private final Vertx vertx = Vertx.vertx();
  private final int leftPort = FreePort.next();
  private final int rightPort = FreePort.next();
  private final HazelcastInstance left = alone("left", leftPort);
  private final HazelcastInstance right = alone("right", rightPort);

  /** Both look for the one that starts second, so each begins alone. */
  private HazelcastInstance alone(String node, int port) {
    Joining joining =
        new Joining("split", "127.0.0.1", port, 0, List.of("127.0.0.1:" + rightPort), null, null);
    Config config = Company.config(joining, Company.member(node));
    config.setProperty("hazelcast.merge.first.run.delay.seconds", APART_SECONDS);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterEach
  void close() {
    left.getLifecycleService().terminate();
    right.getLifecycleService().terminate();
    Blocking.get(vertx.close());
  }

  @Test
  void ofTwoSidesTheHigherVersionOfEachEntryStays() {
    HazelcastServerMap ofLeft = Blocking.get(HazelcastServerMap.open(vertx, left));
    HazelcastServerMap ofRight = Blocking.get(HazelcastServerMap.open(vertx, right));
    put(ofLeft, "a", 5);
    put(ofRight, "a", 4);
    put(ofLeft, "b", 2);
    put(ofRight, "b", 3);
    put(ofLeft, "onlyLeft", 1);
    put(ofRight, "onlyRight", 1);

    Eventually.await("one cluster", MERGED_WITHIN, () -> isOne(left) && isOne(right));

    Map<String, Long> newest = Map.of("a", 5L, "b", 3L, "onlyLeft", 1L, "onlyRight", 1L);
    for (ServerMap each : List.of(ofLeft, ofRight)) {
      Eventually.await("the newest of each", MERGED_WITHIN, () -> versions(each).equals(newest));
    }
    assertThat(versions(ofLeft)).isEqualTo(versions(ofRight));
  }

  private static boolean isOne(HazelcastInstance instance) {
    return instance.getLifecycleService().isRunning()
        && instance.getCluster().getMembers().size() == 2;
  }

  private static void put(ServerMap map, String id, long version) {
    assertThat(Blocking.get(map.replace(id, null, ServerMapContract.entry(id, version))))
        .isTrue();
  }

  private static Map<String, Long> versions(ServerMap map) {
    return map.snapshot().values().stream()
        .collect(java.util.stream.Collectors.toMap(each -> each.id(), each -> each.version()));
  }
}
