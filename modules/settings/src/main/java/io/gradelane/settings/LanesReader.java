package io.gradelane.settings;

import io.gradelane.core.lane.LaneSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code lanes:}, a mapping from names to lanes; where it stands, it is the whole set. */
final class LanesReader {

  private static final String NAME = "[a-z0-9][a-z0-9-]{0,62}";

  private final Section root;

  LanesReader(Section root) {
    this.root = root;
  }

  /** The lanes, {@code defaultLane} first. */
  List<LaneSpec> read(Section pool) {
    List<LaneSpec> lanes = configured();
    String first = pool.text("defaultLane", defaultName(lanes));
    Optional<LaneSpec> found =
        lanes.stream().filter(lane -> lane.name().equals(first)).findFirst();
    if (found.isEmpty()) {
      pool.report("defaultLane", "one of the lanes: " + names(lanes));
      return lanes;
    }
    List<LaneSpec> ordered = new ArrayList<>(lanes);
    ordered.remove(found.get());
    ordered.addFirst(found.get());
    return List.copyOf(ordered);
  }

  static String names(List<LaneSpec> lanes) {
    return String.join(", ", lanes.stream().map(LaneSpec::name).toList());
  }

  private static String defaultName(List<LaneSpec> lanes) {
    return lanes.stream()
        .map(LaneSpec::name)
        .filter(name -> name.equals(SettingsDefaults.LANES.getFirst().name()))
        .findFirst()
        .orElse(lanes.getFirst().name());
  }

  private List<LaneSpec> configured() {
    Map<String, Section> sections = root.named("lanes");
    if (sections == null) {
      return SettingsDefaults.LANES.stream()
          .map(lane -> lane(lane.name(), root.item("lanes", lane.name(), Tree.Branch.EMPTY)))
          .toList();
    }
    List<LaneSpec> lanes = new ArrayList<>();
    sections.forEach((name, section) -> {
      if (isName(name, section)) {
        lanes.add(lane(name, section));
      }
    });
    if (lanes.isEmpty()) {
      root.report("lanes", "at least one lane");
      return SettingsDefaults.LANES;
    }
    return lanes;
  }

  private boolean isName(String name, Section section) {
    if (name.matches(NAME)) {
      return true;
    }
    root.report(
        "lanes",
        new Tree.Scalar(name, section.where()),
        "a name of lower-case letters, digits and dashes");
    return false;
  }

  private static LaneSpec lane(String name, Section section) {
    LaneSpec base = SettingsDefaults.LANES.stream()
        .filter(lane -> lane.name().equals(name))
        .findFirst()
        .orElse(SettingsDefaults.LANES.getFirst());
    int cap = section.count("cap", base.cap(), 1);
    int min = section.integer("min", base.min(), 0, Integer.MAX_VALUE);
    if (min > cap) {
      section.report("min", "at most the lane's cap, which is " + cap);
    }
    LaneSpec lane = new LaneSpec(
        name,
        section.flag("live", base.live()),
        section.integer("priority", base.priority(), 0, 1_000_000),
        Math.min(min, cap),
        cap,
        section.duration("patience", base.patience()),
        section.integer("maxQueued", base.maxQueued(), 0, Integer.MAX_VALUE),
        section.flag("paused", base.paused()));
    section.reportUnknown();
    return lane;
  }
}
