package io.gradelane.api.http;

/** One connection as seen by the door. Written and read on its verticle's context only. */
final class Guest {

  /** What it is given time for. */
  enum Stage {
    /** To send a request: the head of the next one, or nothing at all. */
    QUIET,
    /** To go on sending a body. */
    SENDING,
    /** Nothing: it waits for us. */
    WAITING
  }

  private Stage stage = Stage.QUIET;
  private long since;

  Guest(long now) {
    since = now;
  }

  void enter(Stage next, long now) {
    stage = next;
    since = now;
  }

  Stage stage() {
    return stage;
  }

  /** Nanoseconds for which nothing has moved. */
  long still(long now) {
    return now - since;
  }
}
