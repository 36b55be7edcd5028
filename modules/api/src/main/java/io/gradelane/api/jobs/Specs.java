package io.gradelane.api.jobs;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** Puts a job's spec together, byte for byte: of a key that both name, the last counts, as in Jobe. */
final class Specs {

  private static final Buffer BEGIN = Buffer.buffer("{\"run_spec\":");

  private Specs() {}

  /** The body that a client would have posted for it. Both are JSON objects. */
  static Buffer body(@Nullable Buffer template, Buffer spec) {
    int shared = template == null ? 0 : template.length();
    Buffer body = Buffer.buffer(BEGIN.length() + shared + spec.length() + 2).appendBuffer(BEGIN);
    return merge(body, template, spec).appendByte((byte) '}');
  }

  private static Buffer merge(Buffer body, @Nullable Buffer template, Buffer spec) {
    if (template == null || isEmpty(template)) {
      return body.appendBuffer(spec);
    }
    if (isEmpty(spec)) {
      return body.appendBuffer(template);
    }
    int rest = brace(spec) + 1;
    return body.appendBuffer(template, 0, lastBrace(template))
        .appendByte((byte) ',')
        .appendBuffer(spec, rest, spec.length() - rest);
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
