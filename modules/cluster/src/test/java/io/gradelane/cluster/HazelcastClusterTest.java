package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastClusterTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(1_000);

  private final Company company = new Company("whole");
  private final HazelcastCluster one = join("one");
  private final HazelcastCluster two = join("two");

  private HazelcastCluster join(String node) {
    return Blocking.get(
        HazelcastCluster.join(company.next(), Company.member(node), new VertxOptions()));
  }

  @AfterEach
  void part() {
    Blocking.get(one.leave());
    Blocking.get(two.leave());
  }

  @Test
  void messagesCrossAndMembersAndServersAreShared() {
    listen();

    Eventually.await("an answer", PATIENCE, this::isHeard);
    assertThat(Blocking.get(one.servers().replace("s", null, ServerMapContract.entry("s", 1))))
        .isTrue();
    Eventually.await("the server", PATIENCE, () -> two.servers().snapshot().containsKey("s"));
    Eventually.await("both", PATIENCE, () -> two.members().snapshot().size() == 2);
    assertThat(one.isJoined()).isTrue();
  }

  @Test
  void whatWasForgottenOfANodeItTellsAgain() {
    listen();
    Eventually.await("an answer", PATIENCE, this::isHeard);
    HazelcastInstance hazelcast =
        Objects.requireNonNull(Hazelcast.getHazelcastInstanceByName("one"));

    hazelcast.getMap("__vertx.nodeInfo").clear();
    hazelcast.getMultiMap("__vertx.subs").clear();

    Eventually.await(
        "it is told again",
        PATIENCE,
        () -> hazelcast.getMap("__vertx.nodeInfo").size() == 2
            && hazelcast.getMultiMap("__vertx.subs").containsKey("ears"));
    Eventually.await("an answer again", PATIENCE, this::isHeard);
  }

  @Test
  void whoLeavesIsNoMember() {
    Eventually.await("both", PATIENCE, () -> one.members().snapshot().size() == 2);

    Blocking.get(two.leave());

    Eventually.await(
        "one",
        PATIENCE,
        () -> one.members().snapshot().equals(List.of(one.members().self())));
    assertThat(two.isJoined()).isFalse();
  }

  private void listen() {
    Blocking.get(two.vertx()
        .eventBus()
        .consumer("ears", message -> message.reply("heard"))
        .completion());
  }

  private boolean isHeard() {
    Future<Object> answer = one.vertx()
        .eventBus()
        .request("ears", "hello", SOON)
        .map(message -> message.body())
        .otherwise("silence");
    return Blocking.get(answer).equals("heard");
  }
}
