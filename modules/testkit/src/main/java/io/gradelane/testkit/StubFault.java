package io.gradelane.testkit;

import java.time.Duration;

/** How a {@link StubJobe} can spoil one run. */
public enum StubFault {
  /** 200 with outcome 21, at once: nothing was executed. */
  OVERLOAD,
  /** 200 with a body that is no JSON. */
  GARBAGE,
  /** Executes it, sends half of the answer, and resets the connection. */
  HANG_UP,
  /** Closes the connection at once, while the run goes on and keeps its slot. */
  CLOSE_BEFORE_ANSWER,
  /** Executes it and answers 500 with the body {@code ""}, as after PHP's memory limit. */
  EMPTY_500,
  /** 502 with a page, as a balancer in front of a dead Jobe gives it. */
  BAD_GATEWAY,
  /** Outcome 11 whose cmpinfo is runguard's own failure. */
  RUNGUARD,
  /** Outcome 12 whose stderr is sudo's own failure. */
  SUDO,
  /** Outcome 11 whose cmpinfo is runguard's wall-clock limit: a compile error that may be due to load alone. */
  WALL_TIME,
  /** 500 {@code "Server exception (…)"}, which is how Jobe answers a malformed spec. */
  SERVER_EXCEPTION,
  /** 400, which is how Jobe answers an impossible one. */
  BAD_REQUEST;

  /** What is answered instead of the run's own result, where a fault is an answer at all. */
  StubAnswer answer() {
    return switch (this) {
      case GARBAGE -> new StubAnswer(Duration.ZERO, 200, "<html>not what you asked for");
      case EMPTY_500 -> StubAnswer.error(500, "");
      case BAD_GATEWAY -> new StubAnswer(Duration.ZERO, 502, "<html>Bad Gateway</html>");
      case RUNGUARD ->
        StubAnswer.result(
            11,
            "/var/www/html/jobe/runguard/runguard: cannot start 'sh': Resource temporarily"
                + " unavailable\nTry `/var/www/html/jobe/runguard/runguard --help' for more"
                + " information.\n",
            "",
            "");
      case SUDO ->
        StubAnswer.result(
            12, "", "", "sudo: unable to resolve host jobe: Name or service not known\n");
      case WALL_TIME ->
        StubAnswer.result(
            11,
            "/var/www/html/jobe/runguard/runguard: warning: timelimit exceeded (wall time):"
                + " aborting command\n",
            "",
            "");
      default -> throw new IllegalArgumentException(this + " is no answer");
    };
  }
}
