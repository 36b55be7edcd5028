package io.gradelane.jobe.wire;

/** Ends the reading of a body with Jobe's answer to it. */
final class Objection extends Exception {

  private final transient JobeAnswer answer;

  private Objection(JobeAnswer answer) {
    super(null, null, false, false);
    this.answer = answer;
  }

  static Objection badRequest(String text) {
    return new Objection(JobeAnswers.text(400, text));
  }

  static Objection thrown(String message) {
    return new Objection(JobeAnswers.serverException(message));
  }

  JobeAnswer answer() {
    return answer;
  }
}
