package io.gradelane.api.v1;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.api.http.Voice;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What went wrong with a request, as {@code application/problem+json} (RFC 9457).
 *
 * @param status of HTTP
 * @param code one word for programs
 * @param detail a sentence for people
 * @param errors which parts of the body are wrong; empty if it is not the body
 */
public record Problem(int status, String code, String detail, List<Wrong> errors) {

  /**
   * @param pointer to the value, as a JSON pointer (RFC 6901)
   * @param detail what was found there and what was expected
   */
  public record Wrong(String pointer, String detail) {}

  /** Says every error as a problem. */
  public static final Voice VOICE =
      (exchange, status, code, detail) -> new Problem(status, code, detail).answer(exchange);

  public Problem {
    errors = List.copyOf(errors);
  }

  public Problem(int status, String code, String detail) {
    this(status, code, detail, List.of());
  }

  /** A body that is not as it must be. */
  static Problem invalid(String pointer, String detail) {
    return new Problem(
        422, "invalid", "The body is not as expected", List.of(new Wrong(pointer, detail)));
  }

  /** A query parameter that is not as it must be. */
  static Problem query(String name, String found, String expected) {
    return new Problem(400, "invalid", name + ": '" + found + "' (expected: " + expected + ")");
  }

  public void answer(Exchange exchange) {
    JsonObject json = new JsonObject()
        .put("type", "about:blank")
        .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
        .put("status", status)
        .put("code", code)
        .put("detail", detail)
        .put("requestId", exchange.requestId());
    if (!errors.isEmpty()) {
      JsonArray list = new JsonArray();
      errors.forEach(each ->
          list.add(new JsonObject().put("pointer", each.pointer).put("detail", each.detail)));
      json.put("errors", list);
    }
    exchange.answer(status, Headers.PROBLEM_JSON, json.toBuffer());
  }
}
