package io.gradelane.sim;

/** A rule was broken. */
final class Violation extends AssertionError {

  private static final long serialVersionUID = 1;

  Violation(String text) {
    super(text);
  }
}
