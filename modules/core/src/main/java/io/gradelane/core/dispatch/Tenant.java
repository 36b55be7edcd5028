package io.gradelane.core.dispatch;

/** What one tenant has waiting and in flight over all lanes, and what it may. */
final class Tenant {

  private static final int MINUTE_BUCKETS = 12;

  TenantLimits limits;
  int waiting;

  /** Permits out; those of lost runs don't count, their caller has been told already. */
  int inFlight;

  private final SlidingSum asked = new SlidingSum(Times.MINUTE, MINUTE_BUCKETS);

  Tenant(TenantLimits limits) {
    this.limits = limits;
  }

  boolean mayStart() {
    return inFlight < limits.maxInFlight();
  }

  boolean tooManyWait() {
    return waiting > limits.maxQueued();
  }

  /** Counts a new run; false if that is one too many this minute. */
  boolean mayAsk(long now) {
    if (limits.perMinute() == Integer.MAX_VALUE) {
      return true;
    }
    if (asked.sum(now) >= limits.perMinute()) {
      return false;
    }
    asked.add(1, now);
    return true;
  }
}
