package io.gradelane.sandbox;

/**
 * The words of Jobe's own watchdog, as clients and gateways know them: they stand in {@code cmpinfo} and {@code stderr}
 * where a compiler or a program usually speaks.
 */
final class RunGuard {

  private static final String NAME = "/var/www/html/jobe/app/Libraries/../../runguard/runguard";

  private RunGuard() {}

  static String outOfWallTime() {
    return NAME + ": warning: timelimit exceeded (wall time): aborting command\n";
  }

  static String outOfCpuTime() {
    return NAME + ": warning: timelimit exceeded (cpu time)\n";
  }

  static String killed(int signal) {
    return NAME + ": warning: command terminated with signal " + signal + "\n";
  }

  /** @throws BadLimit unless {@code good} */
  static void check(String what, double value, boolean good) throws BadLimit {
    if (!good) {
      throw new BadLimit(what, value);
    }
  }

  /** A limit that can't be set; the message is what Jobe's watchdog writes. */
  static final class BadLimit extends Exception {
    private BadLimit(String what, double value) {
      super(message(what, value), null, false, false);
    }

    private static String message(String what, double value) {
      String number =
          value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
      return NAME + ": invalid " + what + " specified: `" + number + "'\nTry `" + NAME
          + " --help' for more information.\n";
    }

    String text() {
      return String.valueOf(getMessage());
    }
  }
}
