package io.gradelane.api.v1;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * One call of the interface, by somebody who may make it.
 *
 * @param elements of the path that the route leaves open, by name
 * @param body empty for methods that have none
 */
public record Call(Exchange exchange, Tenant tenant, Map<String, String> elements, Buffer body) {

  String element(String name) {
    return elements.getOrDefault(name, "");
  }

  void answer(int status, JsonObject json) {
    exchange.answer(status, Headers.JSON, json.toBuffer());
  }

  void answer(int status, JsonArray json) {
    exchange.answer(status, Headers.JSON, json.toBuffer());
  }

  void fail(Problem problem) {
    problem.answer(exchange);
  }

  /** What is asked for stands in a database that is not there, or does not answer. */
  void noDatabase() {
    exchange.put(Headers.RETRY_AFTER, "5");
    fail(new Problem(503, "no_database", "There is no database, or it does not answer"));
  }
}
