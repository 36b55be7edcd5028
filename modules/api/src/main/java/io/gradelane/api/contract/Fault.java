package io.gradelane.api.contract;

/**
 * A value that is not as the contract says.
 *
 * @param pointer to it, as a JSON pointer (RFC 6901)
 * @param found in words
 * @param expected in words
 */
public record Fault(String pointer, String found, String expected) {

  /** As people read it. */
  public String words() {
    return found + " (expected: " + expected + ")";
  }
}
