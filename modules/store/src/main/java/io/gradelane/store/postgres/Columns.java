package io.gradelane.store.postgres;

import io.gradelane.core.job.StopRule;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values as columns: lists of them as {@code unnest} takes them, and those that are not plain. */
final class Columns {

  private Columns() {}

  static <T> UUID[] uuids(List<T> rows, Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  static <T> @Nullable String[] texts(List<T> rows, Function<T, @Nullable String> column) {
    return rows.stream().map(column).toArray(String[]::new);
  }

  static <T> Integer[] integers(List<T> rows, Function<T, Integer> column) {
    return rows.stream().map(column).toArray(Integer[]::new);
  }

  static <T> Long[] longs(List<T> rows, Function<T, Long> column) {
    return rows.stream().map(column).toArray(Long[]::new);
  }

  static <T> Short[] shorts(List<T> rows, Function<T, Integer> column) {
    return rows.stream().map(row -> column.apply(row).shortValue()).toArray(Short[]::new);
  }

  static <T> OffsetDateTime[] times(List<T> rows, Function<T, Instant> column) {
    return rows.stream()
        .map(row -> column.apply(row).atOffset(ZoneOffset.UTC))
        .toArray(OffsetDateTime[]::new);
  }

  static <T> Buffer[] bytes(List<T> rows, Function<T, @Nullable Buffer> column) {
    return rows.stream().map(column).toArray(Buffer[]::new);
  }

  static @Nullable OffsetDateTime time(@Nullable Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static @Nullable Short percent(@Nullable StopRule rule) {
    return rule == null ? null : (short) rule.percent();
  }
}
