package io.gradelane.api.json;

import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a server's answer says that compiler and program wrote: JSON strings as they stand there, quotes included, so that
 * no byte of them can get lost. Null where there is none.
 */
public record Outputs(
    @Nullable Buffer cmpinfo,
    @Nullable Buffer stdout,
    @Nullable Buffer stderr) {

  /** Empty if the answer is not an object. */
  public static Optional<Outputs> of(Buffer answer) {
    try {
      return Optional.of(read(new JsonCutter(answer)));
    } catch (NotJson other) {
      return Optional.empty();
    }
  }

  /** Whether it says nothing of them. */
  public boolean isEmpty() {
    return cmpinfo == null && stdout == null && stderr == null;
  }

  private static Outputs read(JsonCutter in) {
    Outputs outputs = new Outputs(null, null, null);
    in.enterObject();
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      outputs = outputs.with(key, in);
    }
    in.expectEnd();
    return outputs;
  }

  private Outputs with(String key, JsonCutter in) {
    if (in.token() != JsonToken.VALUE_STRING) {
      in.skip();
      return this;
    }
    Buffer literal = in.cut(in.start(), in.end());
    return switch (key) {
      case "cmpinfo" -> new Outputs(literal, stdout, stderr);
      case "stdout" -> new Outputs(cmpinfo, literal, stderr);
      case "stderr" -> new Outputs(cmpinfo, stdout, literal);
      default -> this;
    };
  }
}
