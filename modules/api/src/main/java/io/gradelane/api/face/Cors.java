package io.gradelane.api.face;

import io.gradelane.api.http.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.util.List;

/**
 * Lets browsers of the configured origins ask, with the headers of Jobe 2.0 and 2.1 (2.2 lost them by mistake, and
 * CodeRunner's scratchpad with them).
 */
final class Cors {

  private static final CharSequence ALLOW_HEADERS = HttpHeaders.createOptimized(
      "X-API-KEY, Origin, X-Requested-With, Content-Type, Accept, Access-Control-Request-Method");
  private static final CharSequence ALLOW_METHODS =
      HttpHeaders.createOptimized("GET, POST, OPTIONS, PUT, HEAD, DELETE");
  private static final CharSequence ANY = HttpHeaders.createOptimized("*");

  private final List<String> origins;
  private final boolean any;

  /** @param origins {@code *} or exact origins; empty for none */
  Cors(List<String> origins) {
    this.origins = List.copyOf(origins);
    any = origins.contains("*");
  }

  void apply(Exchange exchange) {
    if (any) {
      allow(exchange, ANY);
    } else if (!origins.isEmpty()) {
      exchange.put(HttpHeaders.VARY, HttpHeaders.ORIGIN);
      String origin = exchange.header(HttpHeaders.ORIGIN);
      if (origin != null && origins.contains(origin)) {
        allow(exchange, origin);
      }
    }
  }

  private static void allow(Exchange exchange, CharSequence origin) {
    exchange
        .put(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin)
        .put(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, ALLOW_HEADERS)
        .put(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, ALLOW_METHODS);
  }
}
