package io.gradelane.api.hooks;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What came of one try.
 *
 * @param status of the answer, 0 if there was none
 * @param reason why it failed; empty if it did not
 * @param pause that was asked for, or null
 */
record HookAnswer(int status, String reason, @Nullable Duration pause) {

  /** Nobody answered, or nobody was asked. */
  static HookAnswer none(String reason) {
    return new HookAnswer(0, reason, null);
  }

  /** @param retryAfter the header of that name, or null */
  static HookAnswer of(int status, @Nullable String retryAfter, Instant now) {
    boolean arrived = status >= 200 && status < 300;
    boolean mayAsk = status == 429 || status == 503;
    return new HookAnswer(
        status,
        arrived ? "" : "status " + status,
        mayAsk && retryAfter != null ? pause(retryAfter.strip(), now) : null);
  }

  /** Seconds, or a date. */
  private static @Nullable Duration pause(String text, Instant now) {
    if (text.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then =
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return then.isAfter(now) ? Duration.between(now, then) : null;
    } catch (DateTimeException malformed) {
      return null;
    }
  }
}
