package io.gradelane.api.http;

import io.vertx.core.http.HttpHeaders;

/** Header names and values that are used for each request, with their hashes computed. */
public final class Headers {

  public static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  public static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  public static final CharSequence API_KEY = HttpHeaders.createOptimized("X-API-KEY");
  public static final CharSequence JOB_ID = HttpHeaders.createOptimized("X-CodeRunner-Job-Id");
  /** In: the lane that is wished for. Out: the lane that it was. */
  public static final CharSequence LANE = HttpHeaders.createOptimized("X-Gradelane-Lane");
  /** Whose turn it is within the tenant: any text of the client's that tells its users apart. */
  public static final CharSequence USER = HttpHeaders.createOptimized("X-Gradelane-User");
  /** The caller's own patience, in seconds. */
  public static final CharSequence PATIENCE = HttpHeaders.createOptimized("X-Gradelane-Patience");
  /** Why a run was answered as overload: a {@link io.gradelane.core.dispatch.Refusal}. */
  public static final CharSequence REFUSED = HttpHeaders.createOptimized("X-Gradelane-Refused");

  public static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=UTF-8");
  public static final CharSequence PROBLEM_JSON =
      HttpHeaders.createOptimized("application/problem+json");
  public static final CharSequence HTML = HttpHeaders.createOptimized("text/html; charset=UTF-8");
  public static final CharSequence TEXT = HttpHeaders.createOptimized("text/plain; charset=utf-8");

  public static final CharSequence EVENTS =
      HttpHeaders.createOptimized("text/event-stream; charset=utf-8");

  public static final CharSequence LAST_EVENT_ID = HttpHeaders.createOptimized("Last-Event-ID");
  public static final CharSequence RETRY_AFTER = HttpHeaders.createOptimized("Retry-After");
  static final CharSequence CLOSE = HttpHeaders.createOptimized("close");

  private Headers() {}
}
