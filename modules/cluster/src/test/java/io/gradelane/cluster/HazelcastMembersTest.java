package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Context;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastMembersTest extends MembersContract {

  private final Company company = new Company("members");

  @Override
  Members open(String node) {
    return HazelcastMembers.of(vertx, company.join(node), Company.member(node));
  }

  @AfterEach
  void part() {
    company.close();
  }

  @Test
  void allSeeTheSameTheOldestFirst() {
    Members one = open("n1");
    Members two = open("n2");
    Members three = open("n3");

    List<Member> all = List.of(Company.member("n1"), Company.member("n2"), Company.member("n3"));
    for (Members each : List.of(one, two, three)) {
      Eventually.await("all of them", () -> each.snapshot().equals(all));
    }
  }

  @Test
  void whoJoinsAndWhoLeavesIsTold() throws InterruptedException {
    Members one = open("n1");
    BlockingQueue<List<Member>> told = new LinkedBlockingQueue<>();
    Context context = vertx.getOrCreateContext();
    context.runOnContext(turn -> {
      one.listen(told::add);
    });

    HazelcastInstance second = company.join("n2");
    assertThat(told.poll(20, TimeUnit.SECONDS))
        .extracting(Member::node)
        .containsExactly("n1", "n2");
    second.shutdown();
    assertThat(told.poll(20, TimeUnit.SECONDS)).extracting(Member::node).containsExactly("n1");
  }

  @Test
  void aMemberOfAnotherSecretIsAStranger() {
    Members one = open("n1");
    Joining known = company.joining();
    Joining stranger = new Joining(
        known.cluster(), known.host(), known.port(), 0, known.members(), null, "another secret");
    HazelcastInstance alone = com.hazelcast.core.Hazelcast.newHazelcastInstance(
        Company.config(stranger, Company.member("n2")));

    try {
      assertThat(alone.getCluster().getMembers()).hasSize(1);
      assertThat(one.snapshot()).hasSize(1);
    } finally {
      alone.getLifecycleService().terminate();
    }
  }

  @Test
  void aMemberIsFoundByItsName() {
    open("n1");
    Joining known = company.joining();
    Joining elsewhere = new Joining(
        known.cluster(),
        "127.0.0.2",
        known.port(),
        0,
        List.of(known.members().getFirst().replace("127.0.0.1", "localhost")),
        null,
        known.secret());
    HazelcastInstance second = com.hazelcast.core.Hazelcast.newHazelcastInstance(
        Company.config(elsewhere, Company.member("n2")));

    try {
      assertThat(second.getCluster().getMembers()).hasSize(2);
    } finally {
      second.getLifecycleService().terminate();
    }
  }
}
