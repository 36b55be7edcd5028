package io.gradelane.api.v1;

import java.util.function.Consumer;

/**
 * Who answers one operation of the contract ({@code openapi.yaml}); {@link Bound} finds it by method and path.
 *
 * @param path an element behind a colon matches anything and names it
 * @param scope that a key must have
 */
record Route(String method, String path, String scope, Consumer<Call> room) {

  static Route of(String method, String path, String scope, Consumer<Call> room) {
    return new Route(method, path, scope, room);
  }

  /** Its method and path as the contract writes them, with names in braces. */
  String entry() {
    return method + " " + path.replaceAll(":([^/]+)", "{$1}");
  }

  boolean hasBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }
}
