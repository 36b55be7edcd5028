package io.gradelane.core.fleet;

import static io.gradelane.core.fleet.Pass.NOW;

import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Unhealthy;
import java.time.Instant;

/** States that have held for so many seconds. */
final class Aged {

  private Aged() {}

  static Instant ago(int seconds) {
    return NOW.minusSeconds(seconds);
  }

  static HostState launching(int age) {
    return new Launching(ago(age), "wanted");
  }

  static HostState ready(int age) {
    return new Ready(ago(age), "answers");
  }

  static HostState draining(int age) {
    return new Draining(ago(age), "surplus", Who.LOOP);
  }

  static HostState unhealthy(int age) {
    return new Unhealthy(ago(age), "down");
  }

  static HostState terminating(int age) {
    return new Terminating(ago(age), "idle");
  }
}
