package io.gradelane.fleet.pool;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.store.jobs.Leases;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class DatabaseLeaseTest {

  private final FakeLeases leases = new FakeLeases();
  private final Deque<Runnable> due = new ArrayDeque<>();
  private final DatabaseLease one = lease("n1");
  private final DatabaseLease other = lease("n2");
  private boolean away;

  /** Leases of one name, without time: whoever holds it does so until somebody says otherwise. */
  private static final class FakeLeases implements Leases {
    private String holder = "";
    private long fence;
    private int renewals;

    @Override
    public Future<Optional<Lease>> take(String name, String by, Duration time) {
      if (!holder.isEmpty()) {
        return Future.succeededFuture(Optional.empty());
      }
      holder = by;
      return Future.succeededFuture(Optional.of(new Lease(name, ++fence)));
    }

    @Override
    public Future<Boolean> renew(Lease lease, Duration time) {
      renewals++;
      return Future.succeededFuture(!holder.isEmpty() && lease.fence() == fence);
    }

    @Override
    public Future<Void> release(Lease lease) {
      if (lease.fence() == fence) {
        holder = "";
      }
      return Future.succeededFuture();
    }
  }

  private DatabaseLease lease(String node) {
    return new DatabaseLease(
        () -> away ? Optional.empty() : Optional.of(leases), "fleet.main", node, (delay, task) -> {
          due.add(task);
          return () -> due.remove(task);
        });
  }

  @Test
  void oneHoldsItAndKeepsItsNumber() {
    assertThat(get(one.hold())).isEqualTo(OptionalLong.of(1));
    assertThat(get(other.hold())).isEmpty();
    assertThat(get(one.hold())).isEqualTo(OptionalLong.of(1));
  }

  @Test
  void itIsRenewedOnATimerOfItsOwn() {
    get(one.hold());
    for (int i = 1; i <= 3; i++) {
      due.remove().run();
      assertThat(leases.renewals).isEqualTo(i);
    }
    assertThat(due).hasSize(1);
  }

  @Test
  void whoHasLostItTakesItUnderAHigherNumber() {
    get(one.hold());
    leases.holder = "";
    leases.fence = 7;
    assertThat(get(one.hold())).isEqualTo(OptionalLong.of(8));
  }

  @Test
  void whoFindsOnTheTimerThatItIsLostRenewsNoMore() {
    get(one.hold());
    leases.fence = 7;
    due.remove().run();
    assertThat(due).isEmpty();
    assertThat(get(one.hold())).isEmpty();
  }

  @Test
  void whoGivesItBackRenewsNoMoreAndAnotherMayHaveIt() {
    get(one.hold());
    get(one.release());
    assertThat(due).isEmpty();
    assertThat(get(other.hold())).isEqualTo(OptionalLong.of(2));
    get(one.release());
    assertThat(get(other.hold())).isEqualTo(OptionalLong.of(2));
  }

  @Test
  void withoutADatabaseNobodyHoldsIt() {
    away = true;
    assertThat(get(one.hold())).isEmpty();
    away = false;
    get(one.hold());
    away = true;
    due.remove().run();
    assertThat(due).as("it is tried again").hasSize(1);
  }
}
