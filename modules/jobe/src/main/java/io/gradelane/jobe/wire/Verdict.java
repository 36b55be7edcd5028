package io.gradelane.jobe.wire;

import io.gradelane.core.run.Outcome;
import java.util.regex.Pattern;

/** How far a result can be believed. The rules and their reasons stand in the design, "How a synchronous run travels". */
public sealed interface Verdict {

  /** The program's own doing. */
  record Plain() implements Verdict {}

  /** A wall-clock limit was met, which a busy server can cause. */
  record Doubtful() implements Verdict {}

  /** The server failed and said so where a compiler or a program speaks. A student can print such text too. */
  record ServerFault() implements Verdict {}

  /** No slot was free: nothing was run. */
  record Overload() implements Verdict {}

  /**
   * Judges a result.
   *
   * @param cpuSeconds the run's CPU limit; the wall limit is twice that
   * @param elapsedMillis from sending the run to its result
   */
  static Verdict of(RunResult result, double cpuSeconds, long elapsedMillis) {
    if (result.outcome() == Outcome.OVERLOAD) {
      return new Overload();
    }
    if (isDoubtful(result, cpuSeconds, elapsedMillis)) {
      return new Doubtful();
    }
    return isServerFault(result) ? new ServerFault() : new Plain();
  }

  private static boolean isDoubtful(RunResult result, double cpuSeconds, long elapsedMillis) {
    return switch (result.outcome()) {
      case Outcome.COMPILE_ERROR -> result.cmpinfo().contains("timelimit exceeded (wall time)");
      // Faster than the wall limit, it met its CPU limit, which load does not shorten.
      case Outcome.TIME_LIMIT -> elapsedMillis >= 2 * cpuSeconds * 1000;
      default -> false;
    };
  }

  private static boolean isServerFault(RunResult result) {
    return result.stdout().isEmpty()
        && (FaultText.begins(result.cmpinfo()) || FaultText.begins(result.stderr()));
  }

  /** What Jobe's own tools say when they fail. */
  final class FaultText {

    private static final Pattern BEGINNING =
        Pattern.compile("(?:\\S*/runguard/runguard: |sudo: )([^\\n]*)");

    private FaultText() {}

    static boolean begins(String text) {
      var matcher = BEGINNING.matcher(text);
      return matcher.lookingAt() && !isOurs(matcher.group(1));
    }

    /** The caller asked for a limit that can't be, or the program met one. */
    private static boolean isOurs(String message) {
      return message.startsWith("invalid cputime specified")
          || message.startsWith("warning: timelimit exceeded");
    }
  }
}
