package io.gradelane.core.fleet;

import java.time.Instant;

/**
 * An exam that is known beforehand.
 *
 * @param start its first moment
 * @param end the first moment after it, later than {@code start}
 * @param students that are expected, 0 or more
 */
public record Exam(String name, Instant start, Instant end, int students) {

  public Exam {
    if (!start.isBefore(end) || students < 0) {
      throw new IllegalArgumentException("exam " + name + ": from " + start + " to " + end + ", "
          + students + " students (expected: start before end, students >= 0)");
    }
  }
}
