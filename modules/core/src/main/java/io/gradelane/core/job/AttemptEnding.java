package io.gradelane.core.job;

import java.util.Locale;

/** How one attempt at a job ended. */
public sealed interface AttemptEnding {

  /** What an operator reads about it; empty where the kind says all. */
  default String reason() {
    return "";
  }

  /** The word used in JSON, logs and metrics. */
  default String word() {
    return getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  /**
   * The server ran it, whatever the student's program did.
   *
   * @param outcome Jobe's
   */
  record Ran(int outcome) implements AttemptEnding {}

  /** The server had no room: nothing was executed. */
  record Refused() implements AttemptEnding {}

  /** Connection, time-out, 502–504, empty 500: unknown; it may still be executing there. */
  record Lost(String reason) implements AttemptEnding {}

  /** The node that ran it is gone. */
  record Vanished() implements AttemptEnding {}

  /** It can't be run anywhere: the spec is malformed, or its result can't be kept. */
  record Rejected(String reason) implements AttemptEnding {}

  /** Its batch was cancelled meanwhile: the answer was not kept. */
  record Dropped() implements AttemptEnding {}
}
