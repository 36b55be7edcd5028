package io.gradelane.api.face;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.api.http.RunNote;
import io.gradelane.api.journey.Caller;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;

/** A client of Jobe's face: refused by the overload answer, since it understands no other. */
record FaceCaller(Exchange exchange) implements Caller {

  @Override
  public boolean isOver() {
    return exchange.isOver();
  }

  @Override
  public void onGone(Runnable listener) {
    exchange.onGone(listener);
  }

  @Override
  public void note(RunNote note) {
    exchange.note(note);
  }

  @Override
  public void answer(JobeAnswer answer) {
    Jobe.answer(exchange, answer);
  }

  @Override
  public void refuse(Refusal reason, String text) {
    exchange.put(Headers.REFUSED, reason.name());
    answer(JobeAnswers.overload());
  }

  @Override
  public void crash(Throwable cause) {
    exchange.crash(cause);
  }
}
