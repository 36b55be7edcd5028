package io.gradelane.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations and sizes as people write them, both ways. */
final class Units {

  private static final Pattern AMOUNT = Pattern.compile("(\\d{1,15})\\s*([A-Za-z]*)");

  private static final Map<String, Duration> TIMES = Map.of(
      "ms", Duration.ofMillis(1),
      "s", Duration.ofSeconds(1),
      "m", Duration.ofMinutes(1),
      "h", Duration.ofHours(1),
      "d", Duration.ofDays(1));

  private static final Map<String, Long> SIZES =
      Map.of("", 1L, "b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);

  private Units() {}

  /** {@code 500ms}, {@code 60s}, {@code 10m}, {@code 1h}, {@code 7d}; a unit is a must, except for 0. */
  static Optional<Duration> duration(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    if (!amount.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(amount.group(1));
    if (count == 0 && amount.group(2).isEmpty()) {
      return Optional.of(Duration.ZERO);
    }
    return Optional.ofNullable(TIMES.get(amount.group(2))).flatMap(unit -> times(unit, count));
  }

  /** {@code 64KB}, {@code 32MB}, {@code 2GB}, or bytes without a unit; a KB has 1024. */
  static Optional<Long> size(String text) {
    Matcher amount = AMOUNT.matcher(text.strip());
    if (!amount.matches()) {
      return Optional.empty();
    }
    long count = Long.parseLong(amount.group(1));
    return Optional.ofNullable(SIZES.get(amount.group(2).toLowerCase(Locale.ROOT)))
        .filter(unit -> count <= Long.MAX_VALUE / unit)
        .map(unit -> count * unit);
  }

  static String show(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    for (String unit : new String[] {"d", "h", "m", "s"}) {
      long whole = TIMES.getOrDefault(unit, Duration.ZERO).toMillis();
      if (duration.toMillis() % whole == 0) {
        return duration.toMillis() / whole + unit;
      }
    }
    return duration.toMillis() + "ms";
  }

  static String show(long bytes) {
    for (String unit : new String[] {"GB", "MB", "KB"}) {
      long whole = SIZES.getOrDefault(unit.toLowerCase(Locale.ROOT), 1L);
      if (bytes > 0 && bytes % whole == 0) {
        return bytes / whole + unit;
      }
    }
    return bytes + " bytes";
  }

  private static Optional<Duration> times(Duration unit, long count) {
    return count > Duration.ofDays(36_500).dividedBy(unit)
        ? Optional.empty()
        : Optional.of(unit.multipliedBy(count));
  }
}
