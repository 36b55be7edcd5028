package io.gradelane.api.watch;

import io.gradelane.api.v1.Problem;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What was asked can't be watched. An expected failure: it has no stack. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  private Refusal(int status, String code, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
  }

  static Refusal malformed(String detail) {
    return new Refusal(400, "invalid", detail);
  }

  static Refusal unauthorized() {
    return new Refusal(401, "unauthorized", "A known API key or a ticket is needed");
  }

  static Refusal used() {
    return new Refusal(
        401, "unauthorized", "The ticket was used, is older than half a minute, or is none");
  }

  static Refusal stranger(String origin) {
    return new Refusal(
        403,
        "origin",
        "Origin: '" + origin + "' (expected: this host, or one of http.corsOrigins)");
  }

  static Refusal forbidden(String scope) {
    return new Refusal(403, "forbidden", "This key lacks the scope " + scope);
  }

  static Refusal unknown(String what) {
    return new Refusal(404, "not_found", "There is no such " + what);
  }

  static Refusal tooMany(String detail) {
    return new Refusal(429, "too_many", detail);
  }

  static Refusal away(@Nullable Throwable failure) {
    return new Refusal(
        503,
        "no_database",
        failure == null
            ? "This node has no database for jobs, or it is not there yet"
            : "The jobs' database did not answer");
  }

  static Refusal silent() {
    return new Refusal(503, "no_dispatcher", "Nobody who dispatches has answered");
  }

  static Refusal leaving() {
    return new Refusal(503, "leaving", "This node leaves; ask another one");
  }

  /** Any failure of a subscription, as one that can be told. */
  static Refusal of(Throwable failure) {
    return failure instanceof Refusal refusal ? refusal : away(failure);
  }

  boolean isTemporary() {
    return status == 503 || status == 429;
  }

  boolean isUnauthorized() {
    return status == 401;
  }

  Problem problem() {
    return new Problem(status, code, String.valueOf(getMessage()));
  }

  JsonObject json() {
    return new JsonObject().put("status", status).put("code", code).put("detail", getMessage());
  }
}
