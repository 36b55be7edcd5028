package io.gradelane.core.fleet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the rules of capacity look at.
 *
 * @param load empty if nobody could tell it
 * @param exams that are known beforehand
 */
public record Outlook(Instant now, Optional<Load> load, List<Exam> exams) {

  public Outlook {
    exams = List.copyOf(exams);
  }
}
