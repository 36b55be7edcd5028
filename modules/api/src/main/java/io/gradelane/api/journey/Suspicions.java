package io.gradelane.api.journey;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/**
 * Which programs met a failure of the server's own on which server, lately. One program may have printed the text itself;
 * two different ones that met it with no success between speak against the server. Bounded.
 */
final class Suspicions {

  private static final int PROGRAMS = 8;

  private final Map<String, LinkedHashSet<Integer>> programs = new HashMap<>();

  /** Takes note, and says whether the server is to be blamed. */
  boolean add(String server, int program) {
    LinkedHashSet<Integer> met = programs.computeIfAbsent(server, any -> new LinkedHashSet<>());
    met.add(program);
    if (met.size() > PROGRAMS) {
      met.removeFirst();
    }
    return met.size() > 1;
  }

  /** A run went well there. */
  void clear(String server) {
    programs.remove(server);
  }
}
