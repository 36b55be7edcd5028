package io.gradelane.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is set. Thread-safe. */
public final class SettableClock implements InstantSource {

  private volatile Instant now;

  public SettableClock(Instant start) {
    now = start;
  }

  /** Starts at an arbitrary round date. */
  public SettableClock() {
    this(Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public Instant instant() {
    return now;
  }

  public synchronized void set(Instant instant) {
    now = instant;
  }

  public synchronized void advance(Duration by) {
    now = now.plus(by);
  }
}
