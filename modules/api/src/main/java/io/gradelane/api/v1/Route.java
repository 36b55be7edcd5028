package io.gradelane.api.v1;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the interface.
 *
 * @param scope that a key must have
 * @param segments of the path; one in braces matches anything and names it
 */
record Route(String method, String scope, List<String> segments, Consumer<Call> room) {

  static Route of(String method, String path, String scope, Consumer<Call> room) {
    return new Route(method, scope, segments(path), room);
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/"));
  }

  boolean hasBody() {
    return !method.equals("GET") && !method.equals("DELETE");
  }

  /** The open elements by name, or null if {@code path} is another one. */
  @Nullable
  Map<String, String> match(List<String> path) {
    if (path.size() != segments.size()) {
      return null;
    }
    Map<String, String> open = new HashMap<>();
    for (int i = 0; i < path.size(); i++) {
      String mine = segments.get(i);
      if (mine.startsWith("{")) {
        open.put(mine.substring(1, mine.length() - 1), path.get(i));
      } else if (!mine.equals(path.get(i))) {
        return null;
      }
    }
    return open;
  }
}
