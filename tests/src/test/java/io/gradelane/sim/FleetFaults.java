package io.gradelane.sim;

import io.gradelane.sim.FleetCoverage.Met;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What goes wrong in one simulated fleet, and when it no longer does. */
final class FleetFaults {

  final SplittableRandom random;
  final FleetCoverage coverage = new FleetCoverage();
  private final FleetAgenda agenda;
  private final @Nullable Consumer<String> story;
  private double likely;

  FleetFaults(
      FleetAgenda agenda,
      SplittableRandom random,
      double likely,
      @Nullable Consumer<String> story) {
    this.agenda = agenda;
    this.random = random;
    this.likely = likely;
    this.story = story;
  }

  /** Whether this goes wrong now; {@code times} as likely as usual. */
  boolean strikes(Met what, double times) {
    if (likely == 0 || random.nextDouble() >= likely * times) {
      return false;
    }
    met(what);
    return true;
  }

  void met(Met what) {
    coverage.met(what);
    tell(what.toString());
  }

  void tell(String what) {
    if (story != null) {
      story.accept(agenda.now() / 1000 + " s: " + what);
    }
  }

  boolean calm() {
    return likely == 0;
  }

  void calmDown() {
    likely = 0;
    tell("calm");
  }
}
