package io.gradelane.launcher.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** JSON values, one behind the other, each as it was written; what is wrong is said with its line. */
final class JsonValues implements AutoCloseable {

  private static final JsonFactory FACTORY = new JsonFactory();

  private final String name;
  private final PassedBytes bytes;
  private final JsonParser parser;

  /** @param name of what is read, for people */
  JsonValues(String name, InputStream in) throws IOException {
    this.name = name;
    bytes = new PassedBytes(in);
    parser = FACTORY.createParser(bytes);
  }

  /** The next token, null at the end. */
  @Nullable
  JsonToken next() throws IOException {
    try {
      return parser.nextToken();
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed);
    }
  }

  /** Steps to the next member of an object; null behind the last. */
  @Nullable
  String nextKey() throws IOException {
    if (next() != JsonToken.FIELD_NAME) {
      return null;
    }
    String key = parser.currentName();
    next();
    return key;
  }

  @Nullable
  JsonToken token() {
    return parser.currentToken();
  }

  /** Where the token begins. */
  long start() {
    long start = parser.currentTokenLocation().getByteOffset();
    if (start < 0) {
      throw new Trouble(name + ": is not encoded in UTF-8");
    }
    return start;
  }

  /** In which it begins, from 1. */
  int line() {
    return parser.currentTokenLocation().getLineNr();
  }

  /** The whole of the value at which it stands. */
  String value() throws IOException {
    long start = start();
    skip();
    return since(start);
  }

  /** From {@code start} to the end of the token, in one line: within strings there are no line breaks. */
  String since(long start) throws IOException {
    parser.finishToken();
    return bytes
        .text(start, parser.currentLocation().getByteOffset())
        .replace('\n', ' ')
        .replace('\r', ' ');
  }

  /** What was read so far won't be asked for. */
  void letGo() {
    bytes.letGo(start());
  }

  private void skip() throws IOException {
    try {
      parser.skipChildren();
    } catch (JsonProcessingException malformed) {
      throw malformed(malformed);
    }
  }

  /** @param found what stands where it stands */
  Trouble wrong(String found, String expected) {
    return wrong(line(), found, expected);
  }

  Trouble wrong(int line, String found, String expected) {
    return new Trouble(name + ", line " + line + ": " + found + " (expected: " + expected + ")");
  }

  private Trouble malformed(JsonProcessingException cause) {
    String what = cause.getOriginalMessage().split(": ", 2)[0];
    return wrong(cause.getLocation().getLineNr(), "is not JSON: " + what, "a job as a JSON object");
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
