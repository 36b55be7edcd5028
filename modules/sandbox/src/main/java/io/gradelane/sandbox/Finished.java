package io.gradelane.sandbox;

/**
 * How a command ended.
 *
 * @param stdout as text, cut at the limit
 * @param stderr as text, cut at the limit
 * @param exit of the shell that ran it; 128 and a signal's number if the command was killed by one
 * @param outOfWallTime whether it was stopped for lasting too long
 * @param outOfCpuTime whether the system killed it for that
 */
record Finished(
    String stdout, String stderr, int exit, boolean outOfWallTime, boolean outOfCpuTime) {

  /** What it wrote, and behind it what Jobe's watchdog would have. */
  String err() {
    if (outOfWallTime) {
      return stderr + RunGuard.outOfWallTime();
    }
    return outOfCpuTime ? stderr + RunGuard.outOfCpuTime() : stderr;
  }
}
