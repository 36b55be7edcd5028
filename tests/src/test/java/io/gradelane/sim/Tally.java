package io.gradelane.sim;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How often each kind of fault and edge was really met. */
public abstract class Tally<K extends Enum<K>> {

  private final Class<K> kinds;
  private final Map<K, Long> counts;

  protected Tally(Class<K> kinds) {
    this.kinds = kinds;
    counts = new EnumMap<>(kinds);
  }

  public final void met(K what) {
    met(what, 1);
  }

  public final void met(K what, long times) {
    counts.merge(what, times, Long::sum);
  }

  public final long count(K what) {
    return counts.getOrDefault(what, 0L);
  }

  public final synchronized void add(Tally<K> other) {
    other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
  }

  /** One line: every kind with its count. */
  @Override
  public final String toString() {
    return Arrays.stream(kinds.getEnumConstants())
        .map(what -> what.name().toLowerCase(Locale.ROOT) + "=" + count(what))
        .collect(Collectors.joining(" "));
  }
}
