package io.gradelane.api.submit;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Bounds of what a batch may be told, at its start and later. */
public final class Controls {

  public static final int LEAST_PRIORITY = -1000;
  public static final int MOST_PRIORITY = 1000;

  /** What {@link #time} takes, in words. */
  public static final String A_TIME =
      "a time within a year with its offset, such as 2026-12-01T22:00:00+01:00";

  private static final Duration A_YEAR = Duration.ofDays(366);

  private Controls() {}

  /** The moment at which a batch may begin; null if the value says none. */
  public static @Nullable Instant time(Object value, Instant now) {
    if (!(value instanceof String text)) {
      return null;
    }
    try {
      Instant time = OffsetDateTime.parse(text).toInstant();
      boolean near = time.isBefore(now.plus(A_YEAR)) && time.isAfter(now.minus(A_YEAR));
      return near ? time : null;
    } catch (DateTimeException malformed) {
      return null;
    }
  }
}
