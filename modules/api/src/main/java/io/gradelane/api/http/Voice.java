package io.gradelane.api.http;

/** How an error is said: Jobe's clients understand other words than those of the API. */
@FunctionalInterface
public interface Voice {

  /**
   * Answers {@code exchange} with an error.
   *
   * @param code one word for programs
   * @param detail a sentence for people; names the value and what was expected
   */
  void say(Exchange exchange, int status, String code, String detail);
}
