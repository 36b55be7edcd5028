package io.gradelane.core.ownership;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a pool with their versions. Every node has one; an operator's change reaches the others with the owner's
 * beats, so it survives the owner.
 */
public final class LaneBook {

  private static final long CONFIGURED = 1;

  private final Map<String, VersionedLane> lanes = new LinkedHashMap<>();

  public LaneBook(List<LaneSpec> specs) {
    specs.forEach(spec -> lanes.put(spec.name(), new VersionedLane(spec, CONFIGURED)));
  }

  public Set<String> names() {
    return lanes.keySet();
  }

  public List<LaneSpec> specs() {
    return lanes.values().stream().map(VersionedLane::spec).toList();
  }

  public List<VersionedLane> all() {
    return List.copyOf(lanes.values());
  }

  public @Nullable VersionedLane get(String name) {
    return lanes.get(name);
  }

  /**
   * Sets a lane that exists.
   *
   * @param epochMillis now
   */
  public VersionedLane set(LaneSpec spec, long epochMillis) {
    VersionedLane current = lanes.get(spec.name());
    if (current == null) {
      throw new IllegalArgumentException(
          "lane " + spec.name() + " (expected: one of " + names() + ")");
    }
    VersionedLane next = new VersionedLane(spec, Math.max(epochMillis, current.version() + 1));
    lanes.put(spec.name(), next);
    return next;
  }

  /** Those that an operator has changed. */
  List<VersionedLane> changed() {
    return lanes.values().stream().filter(lane -> lane.version() > CONFIGURED).toList();
  }

  /**
   * Takes over what another node, or a database, knows later than this one; lanes that are not configured here are left
   * out.
   *
   * @return whether anything was
   */
  public boolean learn(List<VersionedLane> others) {
    return learn(others, 1);
  }

  /** The same, and what the owner knows otherwise under the same version: in a split both halves count on. */
  boolean learnFromOwner(List<VersionedLane> others) {
    return learn(others, 0);
  }

  private boolean learn(List<VersionedLane> others, long later) {
    boolean learnt = false;
    for (VersionedLane other : others) {
      VersionedLane known = lanes.get(other.spec().name());
      if (known != null && other.version() >= known.version() + later && !other.equals(known)) {
        lanes.put(other.spec().name(), other);
        learnt = true;
      }
    }
    return learnt;
  }
}
