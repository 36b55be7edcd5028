package io.gradelane.api.ops;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/**
 * {@code /livez}, {@code /readyz}, {@code /startupz} and {@code /metrics}.
 *
 * <p>Readiness is this node's own: with all Jobe servers down it still answers as Jobe would, so taking it out of a
 * balancer would only turn a late answer into none.
 */
public final class Probes {

  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence EXPOSITION =
      HttpHeaders.createOptimized("text/plain; version=0.0.4; charset=utf-8");

  private final Readiness readiness;
  private final PrometheusMeterRegistry registry;

  public Probes(Readiness readiness, PrometheusMeterRegistry registry) {
    this.readiness = readiness;
    this.registry = registry;
  }

  /** Answers if {@code path} is one of them and says whether it was. */
  public boolean answer(Exchange exchange, String path) {
    return switch (path) {
      case "/livez" -> say(exchange, true);
      case "/readyz" -> say(exchange, readiness.stage() == Readiness.Stage.READY);
      case "/startupz" -> say(exchange, readiness.stage() != Readiness.Stage.STARTING);
      case "/metrics" -> metrics(exchange);
      default -> false;
    };
  }

  private boolean say(Exchange exchange, boolean good) {
    if (isRead(exchange)) {
      String stage = readiness.stage().name().toLowerCase(Locale.ROOT);
      String json = "{\"status\":\"" + (good ? "up" : "down") + "\",\"stage\":\"" + stage + "\"}";
      exchange.put(HttpHeaders.CACHE_CONTROL, NO_STORE);
      exchange.answer(good ? 200 : 503, Headers.JSON, Buffer.buffer(json));
    }
    return true;
  }

  private boolean metrics(Exchange exchange) {
    if (isRead(exchange)) {
      exchange.answer(200, EXPOSITION, Buffer.buffer(registry.scrape()));
    }
    return true;
  }

  private static boolean isRead(Exchange exchange) {
    String method = exchange.request().method().name();
    if (method.equals("GET") || method.equals("HEAD")) {
      exchange.probe();
      return true;
    }
    exchange.put(HttpHeaders.ALLOW, "GET, HEAD");
    exchange.fail(405, "method_not_allowed", method + " (expected: GET or HEAD)");
    return false;
  }
}
