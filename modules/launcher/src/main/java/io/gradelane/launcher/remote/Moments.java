package io.gradelane.launcher.remote;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Moments as people type and read them, by the clock on their wall. */
record Moments(InstantSource clock, ZoneId zone) {

  /** What can be typed. */
  static final String EXPECTED =
      "such as 10:42, 2026-03-01, 2026-03-01T10:42, 2026-03-01T10:42:00Z, or 90s, 15m, 2h, 7d ago";

  private static final Pattern AGO = Pattern.compile("(\\d{1,6})([smhd])");
  private static final DateTimeFormatter SHOWN =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /** Empty if it is none. */
  Optional<Instant> read(String typed) {
    String text = typed.strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
    Matcher ago = AGO.matcher(text);
    try {
      return Optional.of(ago.matches() ? before(ago) : moment(text));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** @param iso as the interface writes it */
  String show(String iso) {
    return SHOWN.format(Instant.parse(iso).atZone(zone));
  }

  private Instant before(Matcher ago) {
    long count = Long.parseLong(ago.group(1));
    Duration back = switch (ago.group(2)) {
      case "s" -> Duration.ofSeconds(count);
      case "m" -> Duration.ofMinutes(count);
      case "h" -> Duration.ofHours(count);
      default -> Duration.ofDays(count);
    };
    return clock.instant().minus(back);
  }

  private Instant moment(String text) {
    if (text.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")) {
      return OffsetDateTime.parse(text).toInstant();
    }
    if (!text.contains("T")) {
      LocalDate today = LocalDate.ofInstant(clock.instant(), zone);
      return text.contains(":")
          ? today.atTime(LocalTime.parse(text)).atZone(zone).toInstant()
          : LocalDate.parse(text).atStartOfDay(zone).toInstant();
    }
    return LocalDateTime.parse(text).atZone(zone).toInstant();
  }
}
