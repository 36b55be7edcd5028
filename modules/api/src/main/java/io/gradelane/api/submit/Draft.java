package io.gradelane.api.submit;

import com.fasterxml.jackson.core.JsonToken;
import io.gradelane.api.json.JsonCutter;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * One job as it was read: {@code {"ref", "run_spec"}}.
 *
 * @param spec null if it has none, and is all in the template
 */
record Draft(String ref, @Nullable Spec spec) {

  private static final int FIRST_GUESS_MILLIS = 500;
  private static final Buffer NOTHING = Buffer.buffer("{}");

  /** The object at whose beginning the cutter stands. */
  static Draft read(JsonCutter in, String at) {
    if (in.token() != JsonToken.START_OBJECT) {
      throw Unfit.at(at, in.value(), "an object with a run_spec");
    }
    String ref = "";
    Spec spec = null;
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "ref" -> ref = ref(in, at);
        case "run_spec" -> spec = Spec.read(in, at + "/run_spec");
        default -> throw Unfit.saying(at + "/" + key, "unknown", "ref or run_spec");
      }
    }
    return new Draft(ref, spec);
  }

  static String ref(JsonCutter in, String at) {
    Object value = in.value();
    if (value instanceof String text && text.length() <= Head.MOST_WORDS && text.indexOf(0) < 0) {
      return text;
    }
    throw Unfit.at(at + "/ref", value, "a string of at most " + Head.MOST_WORDS + " characters");
  }

  /** With what it shares with others. */
  NewJob under(@Nullable Spec template, String at) {
    if (spec == null && template == null) {
      throw Unfit.at(at, null, "an object with a run_spec");
    }
    String language = spec == null || spec.language() == null ? null : spec.language();
    if (language == null && template != null) {
      language = template.language();
    }
    if (language == null) {
      throw Unfit.at(at + "/run_spec/language_id", null, "a string");
    }
    return new NewJob(ref, language, FIRST_GUESS_MILLIS, spec == null ? NOTHING : spec.text());
  }
}
