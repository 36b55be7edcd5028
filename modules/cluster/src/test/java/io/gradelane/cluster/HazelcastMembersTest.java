package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.Hazelcast;
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
    return HazelcastMembers.of(vertx, company.join(node));
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

    List<Member> all = List.of(one.self(), two.self(), three.self());
    for (Members each : List.of(one, two, three)) {
      Eventually.await("all of them", () -> each.snapshot().equals(all));
    }
    assertThat(all).extracting(Member::place).doesNotHaveDuplicates().doesNotContain("");
  }

  @Test
  void whoComesBackUnderAnotherNameStandsAtTheSamePlace() {
    Members one = open("n1");
    Joining joining = company.joining();
    HazelcastInstance killed =
        Hazelcast.newHazelcastInstance(Company.config(joining, Company.member("n2")));
    Eventually.await("both", () -> one.snapshot().size() == 2);
    String place = one.snapshot().getLast().place();
    killed.getLifecycleService().terminate();

    HazelcastInstance again =
        Hazelcast.newHazelcastInstance(Company.config(joining, Company.member("n3")));
    try {
      Eventually.await("the other", () -> one.snapshot().getLast().node().equals("n3"));
      assertThat(one.snapshot().getLast().place()).isEqualTo(place);
    } finally {
      again.getLifecycleService().terminate();
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
    HazelcastInstance alone =
        Hazelcast.newHazelcastInstance(Company.config(stranger, Company.member("n2")));

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
    HazelcastInstance second =
        Hazelcast.newHazelcastInstance(Company.config(elsewhere, Company.member("n2")));

    try {
      assertThat(second.getCluster().getMembers()).hasSize(2);
    } finally {
      second.getLifecycleService().terminate();
    }
  }
}
