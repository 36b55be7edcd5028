package io.gradelane.store.operator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of one subject at one moment.
 *
 * @param subject such as {@code lane/exam} or {@code server/s1}
 * @param version of the subject after it: of two sayings the one with the higher version holds
 * @param by who says it
 */
public record Saying(String subject, long version, String by, List<Value> values) {

  /**
   * @param value as JSON; null takes back what was said
   * @param configured as JSON: what holds while nobody says anything
   */
  public record Value(String name, @Nullable String value, String configured) {}

  public Saying {
    values = List.copyOf(values);
  }
}
