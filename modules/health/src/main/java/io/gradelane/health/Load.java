package io.gradelane.health;

import java.util.Map;

/** How busy the servers are, as the dispatcher said last. On health's context only. */
final class Load {

  private Map<String, Integer> inUse = Map.of();

  void set(Map<String, Integer> permitsInUse) {
    inUse = permitsInUse;
  }

  boolean isIdle(String server) {
    return inUse.getOrDefault(server, 0) == 0;
  }
}
