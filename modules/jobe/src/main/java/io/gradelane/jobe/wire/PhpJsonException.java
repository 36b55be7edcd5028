package io.gradelane.jobe.wire;

/** A text is not JSON; the message is the one that PHP's {@code json_last_error_msg()} gives for it. */
public final class PhpJsonException extends Exception {

  PhpJsonException(String message) {
    super(message, null, false, false);
  }

  static PhpJsonException syntax() {
    return new PhpJsonException("Syntax error");
  }

  static PhpJsonException controlCharacter() {
    return new PhpJsonException("Control character error, possibly incorrectly encoded");
  }

  static PhpJsonException utf8() {
    return new PhpJsonException("Malformed UTF-8 characters, possibly incorrectly encoded");
  }

  static PhpJsonException surrogate() {
    return new PhpJsonException("Single unpaired UTF-16 surrogate in unicode escape");
  }

  static PhpJsonException depth() {
    return new PhpJsonException("Maximum stack depth exceeded");
  }

  static PhpJsonException mismatch() {
    return new PhpJsonException("State mismatch (invalid or malformed JSON)");
  }

  static PhpJsonException propertyName() {
    return new PhpJsonException("The decoded property name is invalid");
  }
}
