package io.gradelane.api.jobs;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Puts a job's spec together, byte for byte: of a key that both name, the last counts, as in Jobe. */
final class Specs {

  private Specs() {}

  /** The body that a client would have posted for it. Both are JSON objects. */
  static Buffer body(@Nullable Buffer template, Buffer spec) {
    return Buffer.buffer("{\"run_spec\":").appendBuffer(merged(template, spec)).appendString("}");
  }

  private static Buffer merged(@Nullable Buffer template, Buffer spec) {
    if (template == null || isEmpty(template)) {
      return spec;
    }
    if (isEmpty(spec)) {
      return template;
    }
    return Buffer.buffer(template.length() + spec.length())
        .appendBuffer(template.slice(0, lastBrace(template)))
        .appendString(",")
        .appendBuffer(spec.slice(brace(spec) + 1, spec.length()));
  }

  private static boolean isEmpty(Buffer object) {
    return object.length() < 16 && object.toString().replaceAll("\\s", "").equals("{}");
  }

  private static int lastBrace(Buffer object) {
    int at = object.length() - 1;
    while (object.getByte(at) != '}') {
      at--;
    }
    return at;
  }

  private static int brace(Buffer spec) {
    int at = 0;
    while (spec.getByte(at) != '{') {
      at++;
    }
    return at;
  }
}
