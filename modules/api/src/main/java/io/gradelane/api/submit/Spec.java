package io.gradelane.api.submit;

import com.fasterxml.jackson.core.JsonToken;
import io.gradelane.api.json.JsonCutter;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * A run spec, or the part of one, as it was written; but for the key of a Jobe server, which nobody needs and which is not
 * kept: its characters are crossed out.
 *
 * @param language that it names, or null
 */
record Spec(Buffer text, @Nullable String language) {

  private static final byte CROSS = 'x';

  /** The object at whose beginning the cutter stands. */
  static Spec read(JsonCutter in, String at) {
    if (in.token() != JsonToken.START_OBJECT) {
      throw Unfit.at(at, in.value(), "an object");
    }
    int from = in.start();
    String language = null;
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      switch (key) {
        case "language_id" -> language = language(in, at);
        case "parameters" -> readParameters(in);
        default -> in.skip();
      }
    }
    return new Spec(in.cut(from, in.end()), language);
  }

  private static String language(JsonCutter in, String at) {
    if (in.token() != JsonToken.VALUE_STRING) {
      throw Unfit.at(at + "/language_id", in.value(), "a string");
    }
    return in.string().replace("\0", "");
  }

  private static void readParameters(JsonCutter in) {
    if (in.token() != JsonToken.START_OBJECT) {
      in.skip();
      return;
    }
    for (String key = in.nextKey(); key != null; key = in.nextKey()) {
      boolean secret = key.equals("jobeapikey") && in.token() == JsonToken.VALUE_STRING;
      int from = in.start() + 1;
      in.skip();
      if (secret) {
        crossOut(in.cut(from, in.end() - 1));
      }
    }
  }

  private static void crossOut(Buffer secret) {
    for (int i = 0; i < secret.length(); i++) {
      secret.setByte(i, CROSS);
    }
  }
}
