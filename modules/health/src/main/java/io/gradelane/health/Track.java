package io.gradelane.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The recent record of one server: what its probes and its runs said. Read and written on health's context only. */
final class Track {

  /** So many failed runs in a row convict a server. */
  private static final int IN_A_ROW = 3;
  /** Or so many of the latest {@link #LATEST}, if they are half of them or more. */
  private static final int AMONG_LATEST = 5;

  private static final int LATEST = 20;
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private record RunEnd(Instant at, boolean failed) {}

  private final Deque<RunEnd> runs = new ArrayDeque<>();
  private int failedProbes;
  private int failedRunsInARow;
  private int failedRuns;
  private boolean doubted;

  void note(Sign sign, Instant now) {
    switch (sign) {
      case Sign.Told told -> failedProbes = doubted ? failedProbes : 0;
      case Sign.Ran ran -> acquit();
      case Sign.Silent silent -> failedProbes++;
      case Sign.RanWrong wrong -> {
        failedProbes++;
        doubted = true;
      }
      case Sign.RunFailed failed -> {
        doubted = true;
        add(new RunEnd(now, true));
      }
      case Sign.RunWorked worked -> add(new RunEnd(now, false));
      case Sign.Undrain undrain -> acquit();
      case Sign.Idle idle -> {}
      case Sign.Drain drain -> {}
    }
  }

  /** Probes that failed in a row; telling the languages ends the row only where no run has failed. */
  int failedProbes() {
    return failedProbes;
  }

  /** Whether a run has failed since one last succeeded under the prober's eyes: only another run can tell. */
  boolean isDoubted() {
    return doubted;
  }

  /** Whether runs alone say that the server fails. */
  boolean isConvicted() {
    return failedRunsInARow >= IN_A_ROW
        || (failedRuns >= AMONG_LATEST && 2 * failedRuns >= runs.size());
  }

  /** Forgets everything: what comes now is another life of the server. */
  private void acquit() {
    failedProbes = 0;
    doubted = false;
    runs.clear();
    failedRuns = 0;
    failedRunsInARow = 0;
  }

  private void add(RunEnd end) {
    Instant tooOld = end.at.minus(MEMORY);
    while (!runs.isEmpty() && (runs.size() == LATEST || runs.getFirst().at.isBefore(tooOld))) {
      failedRuns -= runs.removeFirst().failed ? 1 : 0;
    }
    runs.addLast(end);
    failedRuns += end.failed ? 1 : 0;
    failedRunsInARow = end.failed ? Math.min(failedRunsInARow + 1, failedRuns) : 0;
  }
}
