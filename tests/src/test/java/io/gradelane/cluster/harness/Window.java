package io.gradelane.cluster.harness;

import java.time.Duration;

/** A time in which something was wrong; in nanoseconds of this process. */
record Window(long from, long to) {

  /** From then on, for so long. */
  static Window from(long moment, Duration length) {
    return new Window(moment, moment + length.toNanos());
  }
}
