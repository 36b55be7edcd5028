package io.gradelane.api.v1;

import java.util.function.Consumer;

/**
 * One entry of the interface.
 *
 * @param path an element behind a colon matches anything and names it
 * @param scope that a key must have
 */
record Route(String method, String path, String scope, Consumer<Call> room) {

  static Route of(String method, String path, String scope, Consumer<Call> room) {
    return new Route(method, path, scope, room);
  }

  boolean hasBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }
}
