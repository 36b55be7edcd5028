package io.gradelane.api.v1;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of a call, read value by value. The first that is wrong is answered, with what was expected. */
final class Query {

  private final Call call;
  private boolean wrong;

  Query(Call call) {
    this.call = call;
  }

  /** Whether the call has been answered. */
  boolean isWrong() {
    return wrong;
  }

  @Nullable
  String text(String name) {
    return call.exchange().request().getParam(name);
  }

  /** A whole number above 0. */
  long whole(String name, long otherwise) {
    Long value = read(name, "a whole number above 0", Query::above);
    return value == null ? otherwise : value;
  }

  @Nullable
  Instant moment(String name) {
    return read(name, "a moment such as 2026-03-01T10:42:00Z", Query::instant);
  }

  /** @param parse null for what is not as expected */
  <T> @Nullable T read(String name, String expected, Function<String, @Nullable T> parse) {
    String text = text(name);
    T value = text == null ? null : parse.apply(text);
    if (text != null && value == null && !wrong) {
      wrong = true;
      call.fail(Problem.query(name, text, expected));
    }
    return value;
  }

  private static @Nullable Long above(String text) {
    return text.matches("[1-9]\\d{0,17}") ? Long.valueOf(text) : null;
  }

  private static @Nullable Instant instant(String text) {
    try {
      OffsetDateTime moment = OffsetDateTime.parse(text);
      return moment.getYear() < 1971 || moment.getYear() > 9998 ? null : moment.toInstant();
    } catch (DateTimeParseException none) {
      return null;
    }
  }
}
