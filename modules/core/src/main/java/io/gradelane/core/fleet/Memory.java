package io.gradelane.core.fleet;

import java.time.Instant;
import java.util.Map;

/**
 * What one leader remembers from pass to pass; a new leader begins without, and all its waiting begins anew.
 *
 * @param desires what was wanted lately; the only part that is worth reading back from the table
 * @param missing since when complete listings have not named a host
 * @param unknown since when a listing has named something that nobody here knows, by the provider's name
 */
public record Memory(
    Desires desires,
    Map<HostId, Instant> missing,
    Map<String, Instant> unknown,
    LaunchPause pause) {

  public static final Memory NONE =
      new Memory(Desires.NONE, Map.of(), Map.of(), LaunchPause.NONE);

  public Memory {
    missing = Map.copyOf(missing);
    unknown = Map.copyOf(unknown);
  }

  public Memory with(Desires newDesires) {
    return new Memory(newDesires, missing, unknown, pause);
  }

  public Memory with(LaunchPause newPause) {
    return new Memory(desires, missing, unknown, newPause);
  }
}
