package io.gradelane.jobe.client;

import org.jspecify.annotations.Nullable;

/**
 * What travels with a call in its headers, so that a run can be followed through every log. Values must be fit for a
 * header: no control characters.
 *
 * @param requestId sent as {@code X-Request-Id}
 * @param traceparent W3C trace context, or null
 * @param jobId sent as {@code X-CodeRunner-Job-Id}, or null
 */
public record CallContext(
    String requestId,
    @Nullable String traceparent,
    @Nullable String jobId) {

  /** A call of the gateway's own. */
  public static CallContext of(String requestId) {
    return new CallContext(requestId, null, null);
  }
}
