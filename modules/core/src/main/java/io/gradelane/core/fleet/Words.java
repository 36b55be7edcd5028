package io.gradelane.core.fleet;

import java.time.Duration;

/** Numbers in sentences. */
final class Words {

  private Words() {}

  /** {@code 45 s}, {@code 10 min}, {@code 12 h}: to the second below two minutes, to the minute below two hours. */
  static String of(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 120) {
      return seconds + " s";
    }
    return seconds < 7200 ? duration.toMinutes() + " min" : duration.toHours() + " h";
  }

  static String hosts(int count) {
    return count == 1 ? "1 host" : count + " hosts";
  }
}
