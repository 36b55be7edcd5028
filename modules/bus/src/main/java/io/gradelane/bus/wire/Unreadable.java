package io.gradelane.bus.wire;

/** These bytes are no message that this build knows. An expected failure: no stack trace. */
final class Unreadable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Unreadable(String text) {
    super(text, null, false, false);
  }
}
