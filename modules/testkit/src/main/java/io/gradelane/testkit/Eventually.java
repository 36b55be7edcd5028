package io.gradelane.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition that nobody signals. Prefer a {@link Signal} where there is one. */
public final class Eventually {

  private static final long LOOK_EVERY_NANOS = Duration.ofMillis(2).toNanos();

  private Eventually() {}

  /** @throws AssertionError if {@code condition} does not hold within {@link Signal#DEFAULT_TIMEOUT} */
  public static void await(String what, BooleanSupplier condition) {
    await(what, Signal.DEFAULT_TIMEOUT, condition);
  }

  /** @throws AssertionError if {@code condition} does not hold within {@code timeout} */
  public static void await(String what, Duration timeout, BooleanSupplier condition) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(what + ": not so within " + timeout);
      }
      LockSupport.parkNanos(LOOK_EVERY_NANOS);
    }
  }
}
