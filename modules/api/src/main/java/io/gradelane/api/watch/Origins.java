package io.gradelane.api.watch;

import io.gradelane.api.http.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may watch: Gradelane's own and those of the configured origins. Where no keys are configured {@code *} is
 * not enough: any page that somebody looks at could watch through his browser then.
 */
final class Origins {

  private final List<String> allowed;
  private final boolean any;

  /**
   * @param allowed {@code *} or exact origins
   * @param keys whether a key or a ticket is needed besides
   */
  Origins(List<String> allowed, boolean keys) {
    this.allowed = List.copyOf(allowed);
    any = keys && allowed.contains("*");
  }

  /**
   * Lets its page read the answer; whoever is no page has no origin.
   *
   * @throws Refusal if the origin may not watch
   */
  void check(Exchange exchange) {
    String origin = exchange.header(HttpHeaders.ORIGIN);
    if (origin == null) {
      return;
    }
    exchange.put(HttpHeaders.VARY, HttpHeaders.ORIGIN);
    if (!any && !allowed.contains(origin) && !isOwn(origin, exchange.header(HttpHeaders.HOST))) {
      throw Refusal.stranger(origin);
    }
    exchange.put(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
  }

  private static boolean isOwn(String origin, @Nullable String host) {
    try {
      return host != null && host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
    } catch (IllegalArgumentException none) {
      return false;
    }
  }
}
