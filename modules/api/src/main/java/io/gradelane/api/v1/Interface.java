package io.gradelane.api.v1;

import io.gradelane.api.access.Admission;
import io.gradelane.api.access.KeyRing;
import io.gradelane.api.http.Exchange;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Finds the room for a call, asks for its key, and reads its body. */
public final class Interface {

  private static final String PREFIX = "/api/v1/";

  private final KeyRing keys;
  private final List<Route> routes;
  private final long maxBodyBytes;

  Interface(KeyRing keys, List<Route> routes, long maxBodyBytes) {
    this.keys = keys;
    this.routes = List.copyOf(routes);
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Whether a path is one of its own, or would be if it existed. */
  public static boolean takes(String path) {
    return path.startsWith(PREFIX) || path.equals("/force_update");
  }

  public void answer(Exchange exchange) {
    String path = exchange.target().path();
    exchange.takenBy(Problem.VOICE, path);
    List<String> segments = Route.segments(path);
    String method = exchange.request().method().name();
    Set<String> allowed = new TreeSet<>();
    for (Route route : routes) {
      Map<String, String> elements = route.match(segments);
      if (elements != null && route.method().equals(method)) {
        enter(exchange, route, elements);
        return;
      }
      if (elements != null) {
        allowed.add(route.method());
      }
    }
    deny(exchange, method, allowed);
  }

  private static void deny(Exchange exchange, String method, Set<String> allowed) {
    if (allowed.isEmpty()) {
      exchange.fail(404, "not_found", "There is nothing at " + exchange.target().path());
    } else {
      String list = String.join(", ", allowed);
      exchange.put(HttpHeaders.ALLOW, list);
      exchange.fail(405, "method_not_allowed", method + " (expected: " + list + ")");
    }
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
