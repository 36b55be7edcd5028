package io.gradelane.store.postgres;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists turned into the columns that {@code unnest} takes. */
final class Columns {

  private Columns() {}

  static <T> UUID[] uuids(List<T> rows, Function<T, @Nullable UUID> column) {
    return rows.stream().map(column).toArray(UUID[]::new);
  }

  static <T> String[] texts(List<T> rows, Function<T, String> column) {
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

  static <T> Buffer[] bytes(List<T> rows, Function<T, @Nullable Buffer> column) {
    return rows.stream().map(column).toArray(Buffer[]::new);
  }
}
