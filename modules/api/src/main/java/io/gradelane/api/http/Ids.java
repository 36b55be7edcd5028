package io.gradelane.api.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Request ids and W3C trace contexts: takes over what a caller brings if it is well formed. */
public final class Ids {

  private static final HexFormat HEX = HexFormat.of();
  private static final int MAX_LENGTH = 64;
  private static final int TRACEPARENT_LENGTH = 55;
  private static final int SPAN = 36;
  private static final int FLAGS = 53;

  private final RandomGenerator random;

  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** What was offered, if it matches {@code [A-Za-z0-9._-]{1,64}}, else a new id. */
  public String requestId(@Nullable String offered) {
    return offered != null && isRequestId(offered) ? offered : HEX.toHexDigits(random.nextLong());
  }

  /** The same trace with a span of our own, or null if none, or a malformed one, was offered. */
  public @Nullable String traceparent(@Nullable String offered) {
    if (offered == null || !isTraceparent(offered)) {
      return null;
    }
    return offered.substring(0, SPAN)
        + HEX.toHexDigits(random.nextLong() | 1)
        + offered.substring(FLAGS - 1);
  }

  private static boolean isRequestId(String text) {
    if (text.isEmpty() || text.length() > MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean digit = c >= '0' && c <= '9';
      if (!letter && !digit && "._-".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** {@code 00-<32 hex>-<16 hex>-<2 hex>}, lower-case, neither id all zeros (W3C Trace Context, section 3.2). */
  private static boolean isTraceparent(String text) {
    if (text.length() != TRACEPARENT_LENGTH || !text.startsWith("00-")) {
      return false;
    }
    for (int i = 3; i < TRACEPARENT_LENGTH; i++) {
      boolean dash = i == SPAN - 1 || i == FLAGS - 1;
      if (dash ? text.charAt(i) != '-' : !isLowerHex(text.charAt(i))) {
        return false;
      }
    }
    return !isZero(text, 3, SPAN - 1) && !isZero(text, SPAN, FLAGS - 1);
  }

  private static boolean isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  private static boolean isZero(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
