package io.gradelane.api.access;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.jobe.client.CallContext;
import org.jspecify.annotations.Nullable;

/** What a request's headers say of how its runs are to be taken. */
public final class Asking {

  private static final int MAX_USER_LENGTH = 64;
  private static final int MAX_DIGITS = 9;

  /** Whose turn it is: by header, else by path, else nobody's in particular; cut to 64 characters. */
  public static String user(Exchange exchange, @Nullable String byPath) {
    String byHeader = exchange.header(Headers.USER);
    String user = byHeader != null ? byHeader : byPath != null ? byPath : "";
    return user.length() > MAX_USER_LENGTH ? user.substring(0, MAX_USER_LENGTH) : user;
  }

  /** The caller's own patience in milliseconds; {@link Long#MAX_VALUE} if it names none that can be read. */
  public static long patienceMillis(Exchange exchange) {
    String own = exchange.header(Headers.PATIENCE);
    boolean seconds = own != null
        && !own.isEmpty()
        && own.length() <= MAX_DIGITS
        && own.chars().allMatch(c -> c >= '0' && c <= '9');
    return seconds ? Long.parseLong(own) * 1000 : Long.MAX_VALUE;
  }

  /** What is said to servers of this request. */
  public static CallContext context(Exchange exchange) {
    return new CallContext(
        exchange.requestId(), exchange.traceparent(), exchange.header(Headers.JOB_ID));
  }

  private Asking() {}
}
