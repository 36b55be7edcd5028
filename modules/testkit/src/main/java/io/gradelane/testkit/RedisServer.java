package io.gradelane.testkit;

import java.io.IOException;

/** One way to run a Redis on a loopback port, without persistence. */
interface RedisServer {

  /** Where it comes from, for the test's log. */
  String origin();

  /** Starts it, empty; returns when the process is on its way. */
  void launch() throws IOException;

  /** Whether it can still come to answer. */
  boolean lives();

  /** Gone at once, with all that it held. */
  void kill() throws InterruptedException;

  /** Kills it, and leaves nothing behind. */
  void remove() throws IOException, InterruptedException;
}
