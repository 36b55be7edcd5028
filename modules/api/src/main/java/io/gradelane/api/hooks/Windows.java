package io.gradelane.api.hooks;

import io.gradelane.store.jobs.Deliveries.Room;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The windows of all endpoints, within what there may be in all. Used on one context only. */
final class Windows {

  private static final int REMEMBERED = 1_000;

  private final int perEndpoint;
  private final int atOnce;
  private final Map<String, Window> known = new HashMap<>();
  private int underWay;

  /**
   * @param perEndpoint most under way to one
   * @param atOnce most under way in all
   */
  Windows(int perEndpoint, int atOnce) {
    this.perEndpoint = perEndpoint;
    this.atOnce = atOnce;
  }

  /** For how many more there is room. */
  Room room() {
    Map<String, Integer> rooms = new HashMap<>();
    known.forEach((endpoint, window) -> rooms.put(endpoint, window.room()));
    return new Room(rooms, Math.min(Window.FIRST, perEndpoint), atOnce - underWay);
  }

  void begin(String endpoint) {
    underWay++;
    known.computeIfAbsent(endpoint, fresh -> new Window(perEndpoint)).begin();
  }

  /** @return whether there is room for a group again */
  boolean end(String endpoint, HookAnswer answer) {
    underWay--;
    Window window = Objects.requireNonNull(known.get(endpoint));
    window.end(answer);
    boolean room = window.room() > 0;
    if (known.size() > REMEMBERED) {
      known.values().removeIf(idle -> idle.underWay() == 0);
    }
    return room;
  }
}
