package io.gradelane.cluster.harness;

import java.util.Locale;

/**
 * One request and what became of it; times in nanoseconds of this process.
 *
 * @param target whom it was sent to
 * @param takes how long a server is busy with it, in nanoseconds
 * @param intended when it was due: the delay of a client that came late is the system's, too
 * @param said what came back, if it was not right
 */
record Call(
    String id,
    String target,
    long takes,
    long intended,
    long began,
    long ended,
    Ending ending,
    String said) {

  /** What became of it. */
  enum Ending {
    /** The answer that belongs to this run. */
    RIGHT,
    /** Jobe's overload, outcome 21. */
    REFUSED,
    /** A result that belongs to no run, or to another. */
    WRONG,
    /** An error, or a connection that broke. */
    FAILED,
    /** No answer when nobody wanted to wait any longer. */
    UNKNOWN
  }

  boolean isRight() {
    return ending == Ending.RIGHT;
  }

  /** Whether it was under way at some moment between two. */
  boolean overlaps(Window window) {
    return began <= window.to() && ended >= window.from();
  }

  /** Of a table: id, target, due, ended, ending. */
  String line(long start) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%.3f,%.3f,%s",
        id,
        target,
        (intended - start) / 1e9,
        (ended - start) / 1e9,
        ending);
  }

  double millis() {
    return (ended - intended) / 1e6;
  }

  /** What came on top of the run itself. */
  double millisMore() {
    return Math.max(0, ended - intended - takes) / 1e6;
  }
}
