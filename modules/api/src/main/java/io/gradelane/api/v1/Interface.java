package io.gradelane.api.v1;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;

import io.gradelane.api.access.Admission;
import io.gradelane.api.access.KeyRing;
import io.gradelane.api.http.Exchange;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds the room for a call, asks for its key, and reads its body. Used on its verticle's context only. */
public final class Interface {

  private static final String PREFIX = "/api/v1/";

  private final KeyRing keys;
  private final long maxBodyBytes;
  private final Router router;

  /** The one that is being routed; the router calls back before it returns. */
  private @Nullable Exchange routed;

  Interface(Vertx vertx, KeyRing keys, List<Bound> operations, long maxBodyBytes) {
    this.keys = keys;
    this.maxBodyBytes = maxBodyBytes;
    router = Router.router(vertx);
    List<Route> routes = operations.stream().map(Bound::route).toList();
    routes.forEach(route -> router
        .route(HttpMethod.valueOf(route.method()), route.path())
        .handler(found -> enter(exchange(), route, found.pathParams())));
    methods(routes)
        .forEach((path, allowed) ->
            router.route(path).handler(other -> deny(exchange(), String.join(", ", allowed))));
    router.errorHandler(404, nothing -> unknown(exchange()));
    router.errorHandler(500, broken -> exchange().crash(broken.failure()));
  }

  /** Whether a path is one of its own, or would be if it existed. */
  public static boolean takes(String path) {
    return path.startsWith(PREFIX) || path.equals("/force_update");
  }

  public void answer(Exchange exchange) {
    exchange.takenBy(Problem.VOICE, exchange.target().path());
    routed = exchange;
    router.handle(exchange.request());
  }

  private Exchange exchange() {
    return Objects.requireNonNull(routed);
  }

  private static void unknown(Exchange exchange) {
    exchange.fail(404, "not_found", "There is nothing at " + exchange.target().path());
  }

  /** Which methods each path has, in order. */
  private static Map<String, Set<String>> methods(List<Route> routes) {
    return routes.stream()
        .collect(groupingBy(
            Route::path, LinkedHashMap::new, mapping(Route::method, toCollection(TreeSet::new))));
  }

  private static void deny(Exchange exchange, String allowed) {
    exchange.put(HttpHeaders.ALLOW, allowed);
    String method = exchange.request().method().name();
    exchange.fail(405, "method_not_allowed", method + " (expected: " + allowed + ")");
  }

  private void enter(Exchange exchange, Route route, Map<String, String> elements) {
    Admission admission = keys.admit(exchange);
    if (admission.mayDo(route.scope())) {
      Consumer<Buffer> room =
          body -> route.room().accept(new Call(exchange, admission.tenant(), elements, body));
      if (route.hasBody()) {
        exchange.readBody(maxBodyBytes, room);
      } else {
        room.accept(Buffer.buffer());
      }
    } else if (admission instanceof Admission.Known) {
      exchange.fail(403, "forbidden", "This key lacks the scope " + route.scope());
    } else {
      exchange.put("WWW-Authenticate", "Bearer");
      exchange.fail(401, "unauthorized", "A known API key is needed");
    }
  }
}
