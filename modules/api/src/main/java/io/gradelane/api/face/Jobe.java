package io.gradelane.api.face;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Voice;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;

/** Says things as Jobe does. */
final class Jobe {

  /** Errors are JSON strings; of a fault of ours no more than the two bytes that PHP leaves of a fatal error. */
  static final Voice VOICE = (exchange, status, code, detail) -> answer(
      exchange,
      switch (status) {
        case 413 -> JobeAnswers.tooLarge();
        case 500 -> JobeAnswers.fatal();
        default -> JobeAnswers.text(status, detail);
      });

  private Jobe() {}

  static void answer(Exchange exchange, JobeAnswer answer) {
    exchange.answer(answer.status(), answer.contentType(), answer.body());
  }
}
