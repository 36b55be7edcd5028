package io.gradelane.core.run;

/** How a permit ended, said once by the node that held it. */
public enum Ending {
  /** The server ran it, whatever the student's program did. */
  OK,
  /** The server said that it had no room (outcome 21): nothing was executed. */
  REFUSED,
  /** Connection, time-out, 502–504, empty 500: unknown; the run may still be executing there. */
  LOST,
  /** The permit was never used: its caller had gone before anything was sent. */
  UNUSED
}
