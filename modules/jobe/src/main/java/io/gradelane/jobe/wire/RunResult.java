package io.gradelane.jobe.wire;

import io.gradelane.core.run.Outcome;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The result of a run.
 *
 * @param runId null in every normal result; {@code "0"} on overload
 * @param outcome one of {@link Outcome}'s codes
 */
public record RunResult(
    @Nullable String runId, int outcome, String cmpinfo, String stdout, String stderr) {

  public static RunResult overload() {
    return new RunResult("0", Outcome.OVERLOAD, "", "", "");
  }

  /** Reads the body of a 200; empty if it is not an object with an outcome, as CodeRunner judges too. */
  public static Optional<RunResult> parse(Buffer body) {
    try {
      return PhpJson.parse(body) instanceof Json.Obj object ? read(object) : Optional.empty();
    } catch (PhpJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<RunResult> read(Json.Obj object) {
    Double outcome = PhpText.numeric(object.get("outcome"));
    if (outcome == null) {
      return Optional.empty();
    }
    return Optional.of(new RunResult(
        text(object, "run_id"),
        outcome.intValue(),
        orEmpty(text(object, "cmpinfo")),
        orEmpty(text(object, "stdout")),
        orEmpty(text(object, "stderr"))));
  }

  private static @Nullable String text(Json.Obj object, String key) {
    Json value = object.get(key);
    return value == null || value == Json.Null.NULL ? null : PhpText.string(value);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** Jobe's bytes: five keys in this order, strings never null. */
  public Buffer encode() {
    StringBuilder out =
        new StringBuilder(stdout.length() + stderr.length() + cmpinfo.length() + 80);
    out.append("{\"run_id\":").append(runId == null ? "null" : PhpJson.encode(runId));
    out.append(",\"outcome\":").append(outcome);
    member("cmpinfo", cmpinfo, out);
    member("stdout", stdout, out);
    member("stderr", stderr, out);
    return Buffer.buffer(out.append('}').toString());
  }

  private static void member(String key, String value, StringBuilder out) {
    out.append(",\"").append(key).append("\":");
    PhpJson.write(value, out);
  }
}
