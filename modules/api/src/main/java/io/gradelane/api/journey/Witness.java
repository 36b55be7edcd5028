package io.gradelane.api.journey;

import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.core.run.Ending;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells health what runs have met. Good endings are told only of servers that have met a bad one since: nobody needs to
 * hear thousands a second that all is well.
 */
final class Witness {

  private final Consumer<Evidence> health;
  private final Suspicions suspicions = new Suspicions();
  private final Set<String> doubted = new HashSet<>();

  Witness(Consumer<Evidence> health) {
    this.health = health;
  }

  void bad(String server, Ending ending, boolean blamed, String cause) {
    doubted.add(server);
    health.accept(new Evidence(server, ending, blamed, cause));
  }

  void good(String server) {
    suspicions.clear(server);
    if (doubted.remove(server)) {
      health.accept(new Evidence(server, Ending.OK, false, ""));
    }
  }

  /** The server's own failure came as a verdict on {@code program}. */
  void fault(String server, int program) {
    if (suspicions.add(server, program)) {
      blame(server, "failed two different programs");
    }
  }

  /** What failed there has succeeded elsewhere. */
  void succeededElsewhere(String server) {
    blame(server, "failed a program that ran elsewhere");
  }

  private void blame(String server, String cause) {
    bad(server, Ending.OK, true, cause);
  }
}
