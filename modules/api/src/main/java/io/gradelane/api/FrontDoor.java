package io.gradelane.api;

import io.gradelane.api.docs.Docs;
import io.gradelane.api.face.JobeFace;
import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Exchanges;
import io.gradelane.api.http.Hygiene;
import io.gradelane.api.ops.Probes;
import io.gradelane.api.v1.Interface;
import io.gradelane.api.v1.Problem;
import io.vertx.core.http.HttpServerRequest;

/** Where every request comes in: turned away if it is malformed, else shown to its room by its path. */
final class FrontDoor {

  private final Exchanges exchanges;
  private final JobeFace face;
  private final Interface v1;
  private final Probes probes;
  private final Docs docs;

  FrontDoor(Exchanges exchanges, JobeFace face, Interface v1, Probes probes, Docs docs) {
    this.exchanges = exchanges;
    this.face = face;
    this.v1 = v1;
    this.probes = probes;
    this.docs = docs;
  }

  void enter(HttpServerRequest request) {
    Exchange exchange = exchanges.open(request, Problem.VOICE);
    if (exchange.isUnheard()) {
      return;
    }
    try {
      String fault = Hygiene.fault(request);
      if (fault == null) {
        show(exchange);
      } else {
        exchange.failAndClose(400, "malformed", fault);
      }
    } catch (RuntimeException broken) {
      exchange.crash(broken);
    }
  }

  private void show(Exchange exchange) {
    String path = exchange.target().path();
    if (JobeFace.takes(path) || path.equals("*")) {
      face.answer(exchange);
    } else if (Interface.takes(path)) {
      v1.answer(exchange);
    } else if (!probes.answer(exchange, path) && !docs.answer(exchange, path)) {
      exchange.fail(404, "not_found", "There is nothing at " + path);
    }
  }

  /** What the HTTP library could not read. */
  void turnAway(HttpServerRequest request) {
    Exchange exchange = exchanges.open(request, Problem.VOICE);
    if (!exchange.isUnheard()) {
      exchange.failAndClose(400, "malformed", "The request is not well-formed HTTP");
    }
  }
}
