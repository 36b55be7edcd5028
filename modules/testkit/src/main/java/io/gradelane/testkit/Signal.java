package io.gradelane.testkit;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Says that something has happened, to a test that waits for it. Emitting costs nothing until a test opens it.
 *
 * <p>Thread-safe.
 */
public final class Signal<T> {

  /** Long enough for a busy machine; a test that meets it has failed. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(1);

  private final String what;
  private final LinkedBlockingQueue<T> emitted = new LinkedBlockingQueue<>();
  private volatile boolean open;

  /** @param what says in a failure's message what was waited for: "run arrived" */
  public Signal(String what) {
    this.what = what;
  }

  /** From now on what is emitted is kept until awaited. */
  public Signal<T> open() {
    open = true;
    return this;
  }

  public void emit(T value) {
    if (open) {
      emitted.add(value);
    }
  }

  /** The oldest value that nobody has awaited yet; waits for it up to {@link #DEFAULT_TIMEOUT}. */
  public T await() {
    return await(DEFAULT_TIMEOUT);
  }

  /** @throws AssertionError if nothing is emitted within {@code timeout} */
  public T await(Duration timeout) {
    if (!open) {
      throw new IllegalStateException(what + ": the signal was never opened");
    }
    try {
      T value = emitted.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (value == null) {
        throw new AssertionError(what + ": not seen within " + timeout);
      }
      return value;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(what + ": interrupted", e);
    }
  }
}
