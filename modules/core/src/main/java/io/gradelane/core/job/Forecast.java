package io.gradelane.core.job;

import java.util.List;

/**
 * What a batch is expected to take, if nothing changes: arithmetic on means, no promise.
 *
 * @param runs that some server can run
 * @param unrunnable runs in languages that no server has
 * @param slotMillis slot time of all runs
 * @param waitMillis until those are done that wait before it
 * @param lastMillis from its first run to its last; with {@code waitMillis} the whole, {@link #NEVER} without any slot
 * @param nextSlotMillis how long it is in the mean until one of its runs ends, and its slot is somebody else's
 */
public record Forecast(
    int runs,
    int unrunnable,
    long slotMillis,
    long waitMillis,
    long lastMillis,
    long nextSlotMillis) {

  public static final long NEVER = Long.MAX_VALUE;

  /**
   * The runs of one language.
   *
   * @param eachMillis slot time that one takes
   * @param slots of servers that have the language
   */
  public record Part(String language, int runs, int eachMillis, int slots) {

    long millis() {
      return (long) runs * eachMillis;
    }
  }

  /**
   * The pool as the batch finds it.
   *
   * @param slots that it may have at once, as things are
   * @param aheadMillis slot time of what goes before it in its lane
   */
  public record Room(int slots, long aheadMillis) {}

  public static Forecast of(List<Part> parts, Room room) {
    List<Part> runnable = parts.stream().filter(part -> part.slots() > 0).toList();
    int runs = runnable.stream().mapToInt(Part::runs).sum();
    int all = parts.stream().mapToInt(Part::runs).sum();
    long work = runnable.stream().mapToLong(Part::millis).sum();
    if (room.slots() < 1 && work > 0) {
      return new Forecast(runs, all - runs, work, NEVER, NEVER, NEVER);
    }
    int slots = Math.max(1, room.slots());
    return new Forecast(
        runs,
        all - runs,
        work,
        divide(room.aheadMillis(), slots),
        lasts(runnable, work, slots),
        runs == 0 ? 0 : divide(work / runs, Math.min(slots, runs)));
  }

  /** All slots are busy to the end, unless few of them can run one language, or one run takes longer than the rest. */
  private static long lasts(List<Part> parts, long work, int slots) {
    long longest = divide(work, slots);
    for (Part part : parts) {
      longest = Math.max(longest, divide(part.millis(), Math.min(slots, part.slots())));
      longest = Math.max(longest, part.eachMillis());
    }
    return longest;
  }

  private static long divide(long millis, int slots) {
    return Math.ceilDiv(millis, slots);
  }
}
