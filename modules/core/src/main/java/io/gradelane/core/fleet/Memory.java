package io.gradelane.core.fleet;

import java.time.Instant;
import java.util.Map;

/**
 * What one leader remembers from pass to pass; a new leader begins without, and all its waiting begins anew.
 *
 * @param desires what was wanted lately; the only part that is worth reading back from the table
 * @param missing hosts that complete listings have not named
 * @param unknown since when a listing has named something that nobody here knows, by the provider's name
 */
public record Memory(
    Desires desires,
    Map<HostId, Absence> missing,
    Map<String, Instant> unknown,
    LaunchPause pause) {

  /**
   * A host that is in the table and not in the listings.
   *
   * @param since when a listing did not name it first
   * @param listings complete ones in a row that have not: failed ones between prove nothing
   */
  public record Absence(Instant since, int listings) {
    Absence again() {
      return new Absence(since, listings + 1);
    }
  }

  public static final Memory NONE = new Memory(Desires.NONE, Map.of(), Map.of(), LaunchPause.NONE);

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
