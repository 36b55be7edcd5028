package io.gradelane.cluster.harness;

import java.util.Locale;

/** A run as one server saw it; times in nanoseconds of this process. */
final class Seen {

  private final String id;
  private final String server;
  private final long arrived;

  /** Written once, by the server's event loop. */
  private volatile long ended = Long.MAX_VALUE;

  /** Written before {@link #ended}. */
  private volatile boolean executed;

  Seen(String id, String server, long arrived) {
    this.id = id;
    this.server = server;
    this.arrived = arrived;
  }

  String id() {
    return id;
  }

  String server() {
    return server;
  }

  long arrived() {
    return arrived;
  }

  /** {@code Long.MAX_VALUE} as long as it goes on. */
  long ended() {
    return ended;
  }

  /** Whether it ran to its end: not so if the server was killed, hung or talked nonsense. */
  boolean executed() {
    return executed;
  }

  void end(long when, boolean wasExecuted) {
    if (ended == Long.MAX_VALUE) {
      executed = wasExecuted;
      ended = when;
    }
  }

  /** Of a table: id, server, arrived, ended, executed. */
  String line(long start) {
    return String.format(
        Locale.ROOT,
        "%s,%s,%.3f,%.3f,%s",
        id,
        server,
        (arrived - start) / 1e9,
        ended == Long.MAX_VALUE ? -1 : (ended - start) / 1e9,
        executed);
  }

  /** Whether it is one of the gateway's probes. */
  boolean isForeign() {
    return id.equals(Run.FOREIGN);
  }
}
