package io.gradelane.api.servers;

/** Compares versions as compilers print them: {@code 3.11.2}, {@code 17.0.21.1}, {@code Unknown}. */
final class Versions {

  private Versions() {}

  /** The first seen, unless {@code other} is newer. */
  static String newer(String seen, String other) {
    return compare(other, seen) > 0 ? other : seen;
  }

  /** By numbers, from the left; a version without any is older than all others. */
  static int compare(String one, String two) {
    int[] at = {0, 0};
    while (true) {
      long left = next(one, at, 0);
      long right = next(two, at, 1);
      if (left != right || left < 0) {
        return Long.compare(left, right);
      }
    }
  }

  /** The next number of {@code text}, or -1 if there is none; {@code at[slot]} moves behind it. */
  private static long next(String text, int[] at, int slot) {
    int from = at[slot];
    while (from < text.length() && !isDigit(text.charAt(from))) {
      from++;
    }
    int to = from;
    long number = from < text.length() ? 0 : -1;
    while (to < text.length() && isDigit(text.charAt(to))) {
      number = Math.min(number * 10 + text.charAt(to) - '0', Integer.MAX_VALUE);
      to++;
    }
    at[slot] = to;
    return number;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
