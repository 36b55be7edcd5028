package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on one of three members, and what the others see of it. */
final class HazelcastServerMapTest extends ServerMapContract {

  private static final Company company = new Company("maps");
  private static HazelcastInstance here;
  private static HazelcastInstance there;

  @BeforeAll
  static void meet() {
    here = company.join("a");
    there = company.join("b");
    company.join("c");
  }

  @AfterAll
  static void part() {
    company.close();
  }

  @Override
  ServerMap open() {
    here.getMap(HazelcastServerMap.NAME).clear();
    return Blocking.get(HazelcastServerMap.open(vertx, here));
  }

  @Test
  void whatOneNodeWritesAllSee() {
    ServerMap other = Blocking.get(HazelcastServerMap.open(vertx, there));
    ServerMap map = open();

    Blocking.get(map.replace("a", null, entry("a", 1)));
    Eventually.await(
        "seen", () -> other.snapshot().equals(Map.ofEntries(Map.entry("a", entry("a", 1)))));
    Blocking.get(other.replace("a", entry("a", 1), entry("a", 2)));
    Eventually.await(
        "seen", () -> map.snapshot().equals(Map.ofEntries(Map.entry("a", entry("a", 2)))));
    Blocking.get(map.replace("a", entry("a", 2), null));
    Eventually.await("gone", () -> other.snapshot().isEmpty());
  }

  @Test
  void ofWritersOnTwoNodesWhoExpectTheSameOneWins() {
    ServerMap other = Blocking.get(HazelcastServerMap.open(vertx, there));
    ServerMap map = open();
    Blocking.get(map.replace("a", null, entry("a", 1)));

    for (long version = 1; version < 50; version++) {
      var mine = map.replace("a", entry("a", version), entry("a", version + 1));
      var yours = other.replace("a", entry("a", version), entry("a", version + 1));
      assertThat(Blocking.get(mine)).isNotEqualTo(Blocking.get(yours));
    }
  }

  @Test
  void aNodeThatComesLaterSeesWhatIsThere() {
    ServerMap map = open();
    Blocking.get(map.replace("a", null, entry("a", 7)));
    Vertx late = Vertx.vertx();

    ServerMap joined = Blocking.get(HazelcastServerMap.open(late, there));

    assertThat(joined.snapshot()).containsOnly(Map.entry("a", entry("a", 7)));
    Blocking.get(late.close());
  }

  @Test
  void whatCannotBeReadIsLeftOut() {
    ServerMap map = open();
    ServerEntry good = entry("a", 1);
    Blocking.get(map.replace("a", null, good));
    here.<String, byte[]>getMap(HazelcastServerMap.NAME)
        .put("b", new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 1});

    ServerMap joined = Blocking.get(HazelcastServerMap.open(vertx, there));

    assertThat(joined.snapshot()).containsOnly(Map.entry("a", good));
  }
}
