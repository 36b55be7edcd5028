package io.gradelane.health;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The recent record of one server: what its probes and its runs said. Read and written on health's context only.
 *
 * <p>Runs are counted in a row and not as a share: good endings are told only after a bad one, since nobody needs to
 * hear thousands a second that all is well. A server on which a third of all runs fail is convicted within about fifty.
 */
final class Track {

  /** So many failed runs in a row convict a server. */
  private static final int IN_A_ROW = 3;

  /** A failure that is followed by another only after so long begins a new row. */
  private static final Duration MEMORY = Duration.ofSeconds(30);

  private int failedProbes;
  private int failedRunsInARow;
  private @Nullable Instant lastFailedRun;
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
        runFailed(now);
      }
      case Sign.RunWorked worked -> failedRunsInARow = 0;
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
    return failedRunsInARow >= IN_A_ROW;
  }

  /** Forgets everything: what comes now is another life of the server. */
  private void acquit() {
    failedProbes = 0;
    failedRunsInARow = 0;
    doubted = false;
  }

  private void runFailed(Instant now) {
    boolean old = lastFailedRun == null || lastFailedRun.isBefore(now.minus(MEMORY));
    failedRunsInARow = old ? 1 : failedRunsInARow + 1;
    lastFailedRun = now;
  }
}
