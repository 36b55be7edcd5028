package io.gradelane.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks through a JSON text and cuts values out of it as they were written. What is walked over is checked to be JSON, and
 * never built.
 */
public final class JsonCutter {

  private static final JsonFactory FACTORY = JsonFactory.builder()
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxStringLength(Integer.MAX_VALUE)
          .maxNumberLength(Integer.MAX_VALUE)
          .build())
      .build();

  private final Buffer text;
  private final JsonParser parser;
  private int start;

  public JsonCutter(Buffer text) {
    this.text = text;
    parser = open(text);
  }

  private static JsonParser open(Buffer text) {
    try {
      return FACTORY.createParser(text.getBytes());
    } catch (IOException e) {
      throw new NotJson("It can't be read: " + e.getMessage());
    }
  }

  /** Steps to the next token; null at the end. */
  public @Nullable JsonToken next() {
    try {
      JsonToken token = parser.nextToken();
      start =
          token == null ? text.length() : (int) parser.currentTokenLocation().getByteOffset();
      if (start < 0) {
        throw new NotJson("It is not encoded in UTF-8");
      }
      return token;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Steps to the next member of the object in which it stands; null behind the last. Its value is {@link #token}. */
  public @Nullable String nextKey() {
    if (next() != JsonToken.FIELD_NAME) {
      return null;
    }
    try {
      String key = parser.currentName();
      next();
      return key;
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  public JsonToken token() {
    return Objects.requireNonNull(parser.currentToken());
  }

  /** Where the token begins. */
  public int start() {
    return start;
  }

  /** The string at which it stands. */
  public String string() {
    try {
      return parser.getText();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Steps over the value at which it stands. */
  public void skip() {
    try {
      parser.skipChildren();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** Where the value ends at which it stands: of an object or a list once that was stepped over. */
  public int end() {
    try {
      parser.finishToken();
      return (int) parser.currentLocation().getByteOffset();
    } catch (IOException e) {
      throw malformed(e);
    }
  }

  /** What stands between two places; it shares its memory with the text. */
  public Buffer cut(int from, int to) {
    return text.slice(from, to);
  }

  /** The value at which it stands, decoded. */
  public @Nullable Object value() {
    int from = start;
    skip();
    return Json.decodeValue(text.slice(from, end()));
  }

  /** Steps into the object that comes next. */
  public void enterObject() {
    if (next() != JsonToken.START_OBJECT) {
      throw new NotJson("It is not a JSON object");
    }
  }

  /** Nothing more may come. */
  public void expectEnd() {
    if (next() != null) {
      throw new NotJson("Something stands behind the JSON object");
    }
  }

  private static NotJson malformed(IOException cause) {
    if (cause instanceof JsonProcessingException wrong && wrong.getLocation() != null) {
      return new NotJson("It is not JSON: " + wrong.getOriginalMessage() + ", at byte "
          + wrong.getLocation().getByteOffset());
    }
    return new NotJson("It is not JSON: " + cause.getMessage());
  }
}
