package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TenantLimitsTest {

  @Test
  void moreInFlightThanAllowedWaitAndHoldNobodyElseUp() {
    Pool pool = limited(2, 99, 999);
    pool.want(5, "live");
    assertThat(pool.inUse("live")).isEqualTo(2);

    assertThat(pool.runs(pool.want(pool.a("live").tenant("other")))).isTrue();
    assertThat(pool.dispatcher.why(Pool.run(3), pool.now).waitsFor())
        .isEqualTo(WaitsFor.TENANT_IN_FLIGHT);
  }

  @Test
  void moreWaitingThanAllowedAreRefused() {
    Pool pool = limited(1, 2, 999);
    pool.want(3, "live");
    assertThat(pool.refused).isEmpty();

    assertThat(pool.refusalOf(pool.want("live"))).isEqualTo(Refusal.TENANT_LIMIT);
  }

  @Test
  void moreAMinuteThanAllowedAreRefused() {
    Pool pool = limited(9, 99, 3);
    pool.want(3, "live");
    assertThat(pool.refusalOf(pool.want("live"))).isEqualTo(Refusal.TENANT_LIMIT);
    pool.pass(Duration.ofSeconds(66));

    RunId later = pool.want("live");

    assertThat(pool.runs(later)).isTrue();
  }

  private static Pool limited(int inFlight, int queued, int perMinute) {
    Pool pool = new Pool(Pool.LIVE).server("a", 8);
    pool.dispatcher.tenant(new TenantLimits("school", inFlight, queued, perMinute), pool.now);
    return pool;
  }
}
