package io.gradelane.api.v1;

import io.gradelane.store.jobs.JobFilter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Query parameters, read; what is wrong with one is answered at once. */
final class Queries {

  private static final int MOST_AT_ONCE = 500;
  private static final int USUAL = 100;

  private Queries() {}

  static @Nullable String text(Call call, String name) {
    return call.exchange().request().getParam(name);
  }

  static int size(Call call) {
    String text = text(call, "size");
    boolean number = text != null && text.matches("\\d{1,6}");
    return number ? Math.clamp(Integer.parseInt(text), 1, MOST_AT_ONCE) : USUAL;
  }

  /** Empty after an answer; else what the parameter says, if it is there. */
  static <T> Optional<Optional<T>> parsed(Call call, String name, Function<String, T> parse) {
    String text = text(call, name);
    if (text == null) {
      return Optional.of(Optional.empty());
    }
    Optional<T> value = parse(text, parse);
    if (value.isEmpty()) {
      call.fail(Problem.query(name, text, "one that an earlier answer named"));
      return Optional.empty();
    }
    return Optional.of(value);
  }

  /** Empty after an answer. */
  static Optional<Boolean> flag(Call call, String name, boolean fallback) {
    String text = text(call, name);
    if (text == null) {
      return Optional.of(fallback);
    }
    if (text.equals("true") || text.equals("false")) {
      return Optional.of(text.equals("true"));
    }
    call.fail(Problem.query(name, text, "true or false"));
    return Optional.empty();
  }

  /** {@code state}, {@code reason} and {@code refPrefix}; empty after an answer. */
  static Optional<JobFilter> filter(Call call) {
    String state = text(call, "state");
    if (state != null && !JobJson.STATES.contains(state)) {
      call.fail(Problem.query("state", state, "one of " + String.join(", ", JobJson.STATES)));
      return Optional.empty();
    }
    return Optional.of(new JobFilter(state, text(call, "reason"), text(call, "refPrefix")));
  }

  static <T> Optional<T> parse(String text, Function<String, T> parse) {
    try {
      return Optional.of(parse.apply(text));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }
}
