package io.gradelane.core.dispatch;

import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;

/** One thing that whoever has runs tells the dispatcher. */
public sealed interface Telling {

  RunId run();

  /** Room for one run, please. */
  record Wanted(Want want) implements Telling {
    @Override
    public RunId run() {
      return want.run();
    }
  }

  /** This run waits already: an earlier dispatcher let it in. It takes its place by age, and nothing is charged again. */
  record Waits(Want want) implements Telling {
    @Override
    public RunId run() {
      return want.run();
    }
  }

  /** The caller has gone; a run that still waits leaves its lane. */
  record Cancelled(RunId run) implements Telling {}

  /**
   * The permit is free.
   *
   * @param millis how long the slot was in use
   */
  record Done(RunId run, PermitId permit, Ending ending, int millis) implements Telling {}

  /**
   * The permit is free, and the verdict may be due to load: answered by {@link Decision.Believed}, by a quiet {@link
   * Decision.Granted}, or by {@link Decision.Refused}.
   *
   * @param quiet what to queue if it is not to be believed: the same run, its next attempt, {@code quiet} set
   */
  record Doubted(RunId run, PermitId permit, int millis, Want quiet) implements Telling {}
}
