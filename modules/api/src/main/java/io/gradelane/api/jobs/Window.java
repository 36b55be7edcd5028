package io.gradelane.api.jobs;

import java.util.HashMap;
import java.util.Map;

/**
 * Jobs that wait for their grant, by lane and tenant: enough of each for every slot that comes free within a turn, and few
 * enough for what comes back to find no long queue before it. Belongs to the engine's context.
 */
final class Window {

  private static final int MOST = 32;

  private record Line(String lane, String tenant) {}

  private final Map<Line, Integer> asked = new HashMap<>();

  boolean hasRoom(OpenBatch batch, String lane) {
    return asked.getOrDefault(line(batch, lane), 0) < MOST;
  }

  void enter(OpenBatch batch, String lane) {
    asked.merge(line(batch, lane), 1, Integer::sum);
  }

  void leave(OpenBatch batch, String lane) {
    asked.merge(line(batch, lane), -1, Integer::sum);
  }

  private static Line line(OpenBatch batch, String lane) {
    return new Line(lane, batch.batch().tenant());
  }
}
