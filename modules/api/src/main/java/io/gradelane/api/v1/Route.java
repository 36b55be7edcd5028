package io.gradelane.api.v1;

import java.util.function.Consumer;

/**
 * Who answers one operation of the contract ({@code openapi.yaml}); {@link Bound} finds it by method and path.
 *
 * @param path an element behind a colon matches anything and names it
 * @param scope that a key must have
 * @param room called with the whole body, or, if it takes in the body itself, with an empty one
 * @param takesIn whether it takes in the body itself, on the turn on which it is called
 */
record Route(String method, String path, String scope, Consumer<Call> room, boolean takesIn) {

  static Route of(String method, String path, String scope, Consumer<Call> room) {
    return new Route(method, path, scope, room, false);
  }

  /** One that takes in the body itself. */
  static Route intake(String path, String scope, Consumer<Call> room) {
    return new Route("POST", path, scope, room, true);
  }

  /** One that the front door shows to a room of its own, which asks for keys in its own way. */
  static Route elsewhere(String method, String path, String scope) {
    return new Route(
        method,
        path,
        scope,
        call -> {
          throw new IllegalStateException(method + " " + path + " is answered elsewhere");
        },
        false);
  }

  /** Its method and path as the contract writes them, with names in braces. */
  String entry() {
    return method + " " + path.replaceAll(":([^/]+)", "{$1}");
  }

  boolean hasBody() {
    return !takesIn && !method.equals("GET") && !method.equals("DELETE");
  }
}
