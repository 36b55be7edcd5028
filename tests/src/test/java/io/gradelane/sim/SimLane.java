package io.gradelane.sim;

import io.gradelane.core.lane.LaneSpec;
import java.util.ArrayList;
import java.util.List;

/** A lane in the books. */
final class SimLane {

  final boolean probes;
  LaneSpec spec;
  int waiting;
  int inUse;

  /** Runs that may go wherever their language is: by tenant and language. */
  final int[][] plain;

  /** All other runs that wait. */
  final List<SimRun> special = new ArrayList<>();

  final FairBook fair;

  SimLane(LaneSpec spec, int tenants, boolean probes) {
    this.spec = spec;
    this.probes = probes;
    this.plain = new int[tenants][Scenario.LANGUAGES.size()];
    this.fair = new FairBook(tenants);
  }

  boolean bulk() {
    return !probes && !spec.live();
  }

  boolean live() {
    return !probes && spec.live();
  }

  boolean mayGrant() {
    return waiting > 0 && !spec.paused() && inUse < spec.cap();
  }

  /** First those below their minimum, then by priority. */
  boolean before(SimLane other) {
    boolean first = inUse < spec.min();
    boolean second = other.inUse < other.spec.min();
    return first != second ? first : spec.priority() > other.spec.priority();
  }
}
