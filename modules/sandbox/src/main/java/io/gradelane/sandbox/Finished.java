package io.gradelane.sandbox;

/**
 * How a command ended.
 *
 * @param stdout as text, cut at the limit
 * @param stderr as text, cut at the limit
 * @param exit 0 if the command said so, {@link #COMMAND_KILLED}, another small number if it failed, or 128 and a signal's
 *     number if even the shell around it was killed
 * @param outOfWallTime whether it was stopped for lasting too long
 * @param outOfCpuTime whether the system killed it for that
 */
record Finished(
    String stdout, String stderr, int exit, boolean outOfWallTime, boolean outOfCpuTime) {

  /** Exit status that says: the command was killed by SIGKILL, and the shell around it lives. */
  static final int COMMAND_KILLED = 9;

  /** The end of every command: tells the command's own end from its shell's. */
  static final String EXIT =
      "case $? in 0) exit 0 ;; 137) exit " + COMMAND_KILLED + " ;; *) exit 1 ;; esac\n";

  private static final int BY_SIGNAL = 128;

  /** What it wrote, and behind it what Jobe's watchdog would have. */
  String err() {
    if (outOfWallTime) {
      return stderr + RunGuard.outOfWallTime();
    }
    String text = exit > BY_SIGNAL ? stderr + RunGuard.killed(exit - BY_SIGNAL) : stderr;
    return outOfCpuTime ? text + RunGuard.outOfCpuTime() : text;
  }
}
