package io.gradelane.testkit;

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
  BAD_REQUEST
}
