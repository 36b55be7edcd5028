package io.gradelane.store.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lease has one holder. */
public abstract class LeaseContract extends JobStoreFixture {

  @Test
  void aLeaseHasOneHolderAndAFenceThatGrows() {
    Leases leases = store.leases();
    String name = "test-" + random.nextLong();
    Duration minute = Duration.ofMinutes(1);
    Leases.Lease first = get(leases.take(name, "node-1", minute)).orElseThrow();

    assertThat(get(leases.take(name, "node-2", minute))).isEmpty();
    assertThat(get(leases.renew(first, minute))).isTrue();
    get(leases.release(first));
    Leases.Lease second = get(leases.take(name, "node-2", minute)).orElseThrow();
    assertThat(second.fence()).isGreaterThan(first.fence());
    assertThat(get(leases.renew(first, minute))).isFalse();
    get(leases.release(first));
    assertThat(get(leases.take(name, "node-1", minute))).isEmpty();
  }
}
