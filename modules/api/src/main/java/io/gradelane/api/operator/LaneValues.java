package io.gradelane.api.operator;

import io.gradelane.core.lane.LaneSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an operator can set of a lane, by the names of the interface. Times are in seconds, an unlimited cap is null. */
public final class LaneValues {

  private LaneValues() {}

  public static String subject(String lane) {
    return "lane/" + lane;
  }

  /** All of them. */
  public static Map<String, @Nullable Object> of(LaneSpec lane) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    values.put("paused", lane.paused());
    values.put("priority", lane.priority());
    values.put("min", lane.min());
    values.put("cap", lane.cap() == LaneSpec.UNLIMITED ? null : lane.cap());
    values.put("patience", seconds(lane.patience()));
    values.put("maxQueued", lane.maxQueued());
    return values;
  }

  /**
   * The lane with some of them set.
   *
   * @throws IllegalArgumentException if they don't fit with the others
   * @throws ClassCastException if one is of another type
   */
  static LaneSpec on(LaneSpec lane, Map<String, @Nullable Object> some) {
    Map<String, @Nullable Object> all = of(lane);
    all.putAll(some);
    Object cap = all.get("cap");
    return new LaneSpec(
        lane.name(),
        lane.live(),
        whole(all.get("priority")),
        whole(all.get("min")),
        cap == null ? LaneSpec.UNLIMITED : whole(cap),
        Duration.ofMillis(Math.round(number(all.get("patience")).doubleValue() * 1000)),
        whole(all.get("maxQueued")),
        Boolean.TRUE.equals(all.get("paused")));
  }

  private static int whole(@Nullable Object value) {
    return number(value).intValue();
  }

  private static Number number(@Nullable Object value) {
    if (value instanceof Number number) {
      return number;
    }
    throw new IllegalArgumentException(value + " (expected: a number)");
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
