package io.gradelane.api.watch;

import io.vertx.core.Future;

/** One open stream of words, to one caller. */
interface Stream {

  /** Who watches. */
  String tenant();

  /** Keeps what lies between from closing it, and closes it itself if the caller has not read or answered for long. */
  void ping();

  /**
   * Says that it ends, and ends it.
   *
   * @param retryMillis when the caller shall come back
   */
  Future<Void> bye(int retryMillis);
}
