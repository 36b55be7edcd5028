package io.gradelane.api.json;

/** A text is not the JSON that was expected; the message says where and why. */
public final class NotJson extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotJson(String message) {
    super(message, null, false, false);
  }

  /** What it says. */
  public String words() {
    return String.valueOf(getMessage());
  }
}
