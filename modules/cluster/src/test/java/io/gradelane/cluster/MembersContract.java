package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link Members} keeps to. */
abstract class MembersContract {

  final Vertx vertx = Vertx.vertx();

  /** As the member {@code node} sees them, once it has joined. */
  abstract Members open(String node);

  @AfterEach
  void closeVertx() {
    Blocking.get(vertx.close());
  }

  @Test
  void knowsItself() {
    Members members = open("n1");

    assertThat(members.self())
        .usingRecursiveComparison()
        .ignoringFields("place")
        .isEqualTo(Company.member("n1"));
    assertThat(members.snapshot()).contains(members.self());
  }

  @Test
  void aListenerCanStopTwice() {
    Members members = open("n1");

    Runnable stop = members.listen(any -> {});

    stop.run();
    stop.run();
  }

  @Test
  void aSnapshotCannotBeChanged() {
    assertThat(open("n1").snapshot()).isUnmodifiable();
  }
}
