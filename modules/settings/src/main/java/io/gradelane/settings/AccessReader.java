package io.gradelane.settings;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.settings.Settings.Access;
import io.gradelane.settings.Settings.ApiKey;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code access:}, who may ask for runs. */
final class AccessReader {

  private static final Set<String> SCOPES = Set.of("run", "admin");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";

  private final Section access;
  private final List<LaneSpec> lanes;
  private final List<ApiKey> keys = new ArrayList<>();

  AccessReader(Section access, List<LaneSpec> lanes) {
    this.access = access;
    this.lanes = lanes;
  }

  Access read() {
    access.items("keys").forEach(this::add);
    access.reportUnknown();
    return new Access(keys);
  }

  private void add(Tree item) {
    if (item instanceof Branch branch) {
      add(branch);
    } else {
      access.report("keys", item, "a mapping with name and sha256");
    }
  }

  private void add(Branch branch) {
    String name =
        branch.children().get("name") instanceof Scalar given && given.text().matches(NAME)
            ? given.text()
            : "";
    String shownName = name.isEmpty() ? "key" + (keys.size() + 1) : name;
    Section section = access.item("keys", shownName, branch);
    if (name.isEmpty()) {
      section.report("name", "a name of letters, digits, dots and dashes");
    }
    section.text("name", name);
    ApiKey key = key(name, section);
    section.reportUnknown();
    keep(section, key);
  }

  private ApiKey key(String name, Section section) {
    Set<String> allowed = allowedLanes(section);
    return new ApiKey(
        name,
        digest(section),
        allowed,
        defaultLane(section, allowed),
        scopes(section),
        section.count("maxInFlight", SettingsDefaults.KEY.maxInFlight(), 1),
        section.count("maxQueued", SettingsDefaults.KEY.maxQueued(), 0),
        section.count("perMinute", SettingsDefaults.KEY.perMinute(), 1));
  }

  private static String digest(Section section) {
    String digest = section.text("sha256", "").toLowerCase(Locale.ROOT);
    if (!digest.matches("[0-9a-f]{64}")) {
      section.report(
          "sha256", "64 hex digits; `bin/gradelane key new NAME` makes a key and prints them");
    }
    return digest;
  }

  private Set<String> allowedLanes(Section section) {
    List<String> words = section.words("lanes", List.of());
    List<String> known = lanes.stream().map(LaneSpec::name).toList();
    if (!known.containsAll(words)) {
      section.report("lanes", new Scalar(words.toString(), section.where()), "some of " + known);
    }
    return Set.copyOf(words);
  }

  private String defaultLane(Section section, Set<String> allowed) {
    List<String> choice = lanes.stream()
        .map(LaneSpec::name)
        .filter(lane -> allowed.isEmpty() || allowed.contains(lane))
        .toList();
    String fallback = choice.isEmpty() ? lanes.getFirst().name() : choice.getFirst();
    return section.oneOf("defaultLane", fallback, choice);
  }

  private static Set<String> scopes(Section section) {
    List<String> words = section.words("scopes", List.copyOf(SettingsDefaults.KEY.scopes()));
    if (!SCOPES.containsAll(words) || words.isEmpty()) {
      section.report("scopes", new Scalar(words.toString(), section.where()), "run, admin or both");
    }
    return Set.copyOf(words);
  }

  private void keep(Section section, ApiKey key) {
    if (keys.stream().anyMatch(other -> other.name().equals(key.name()))) {
      section.report("name", "a name that no other key has");
    } else if (keys.stream().anyMatch(other -> other.sha256().equals(key.sha256()))) {
      section.report("sha256", "a key that nobody else has");
    }
    keys.add(key);
  }
}
