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
  private boolean dismissed;

  Guest(long now) {
    since = now;
  }

  /** Nothing more is heard from it: what follows a malformed request can't be told apart from it. */
  void dismiss() {
    dismissed = true;
  }

  boolean isDismissed() {
    return dismissed;
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
