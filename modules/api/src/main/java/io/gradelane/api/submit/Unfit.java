package io.gradelane.api.submit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What is wrong with something that was submitted: for whoever did. */
public final class Unfit extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final int SHORT = 40;

  private final int status;
  private final String code;
  private final String pointer;
  private final String detail;

  private Unfit(int status, String code, String pointer, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.pointer = pointer;
    this.detail = detail;
  }

  /** It can't be read at all. */
  static Unfit malformed(String detail) {
    return new Unfit(400, "malformed", "", detail);
  }

  /** Somebody else might. */
  static Unfit forbidden(String code, String detail) {
    return new Unfit(403, code, "", detail);
  }

  /** @param pointer to the value, as a JSON pointer (RFC 6901) */
  static Unfit at(String pointer, @Nullable Object found, String expected) {
    return saying(pointer, shown(found), expected);
  }

  /** @param detail what was found, and what was expected */
  static Unfit because(String pointer, String detail) {
    return new Unfit(422, "invalid", pointer, detail);
  }

  /** @param found in words */
  static Unfit saying(String pointer, String found, String expected) {
    return because(pointer, found + " (expected: " + expected + ")");
  }

  /** The same, of what stands in one line of many. */
  Unfit inLine(int line) {
    return new Unfit(status, code, pointer, "line " + line + ": " + detail);
  }

  /** Of HTTP. */
  public int status() {
    return status;
  }

  public String code() {
    return code;
  }

  /** To the value that is wrong; empty if it is not one of the values. */
  public String pointer() {
    return pointer;
  }

  public String detail() {
    return detail;
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "nothing";
      case JsonArray list -> list.size() + " items";
      case JsonObject object -> "an object";
      case String text -> text.length() > SHORT ? text.length() + " characters" : "'" + text + "'";
      default -> value.toString();
    };
  }
}
