package io.gradelane.settings;

import io.gradelane.core.dispatch.Allocation;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetRules.Times;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.settings.FleetSettings.Calendar;
import io.gradelane.settings.Settings.Cluster;
import io.gradelane.settings.Settings.Database;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code fleet:}, the machines behind the servers. */
final class FleetReader {

  private static final List<String> RULES = List.of("sqrt", "linear", "calendar", "forecast");
  private static final Duration SHORTEST = Duration.ofMillis(100);
  private static final FleetSettings DEFAULTS = SettingsDefaults.FLEET;

  private final Section section;

  FleetReader(Section section) {
    this.section = section;
  }

  /** @param exams those that tell their students */
  FleetSettings read(List<Exam> exams, Cluster cluster, Database database) {
    Section calendar = section.section("calendar");
    FleetSettings.Provider provider = new FleetProviderReader(section).read();
    FleetSettings fleet = new FleetSettings(
        provider,
        section.text(
            "cluster",
            DEFAULTS.cluster(),
            "[a-z0-9][a-z0-9-]{0,62}",
            "lower-case letters, digits and dashes"),
        rules(provider, calendar),
        interval(),
        allocation(),
        section.textOrNull("apiKey"),
        new Calendar(
            calendar.pathOf("file").orElse(null),
            zone(calendar),
            calendar.integer("students", DEFAULTS.calendar().students(), 0, 1_000_000)),
        exams);
    calendar.reportUnknown();
    section.reportUnknown();
    require(fleet, cluster, database);
    return fleet;
  }

  /** What several nodes need, so that they keep one fleet and not one each. */
  private void require(FleetSettings fleet, Cluster cluster, Database database) {
    if (!fleet.exists() || !cluster.clustered()) {
      return;
    }
    if (database.url() == null) {
      section.report(
          "provider",
          "none while several nodes share no database.url: there they agree on who keeps the fleet");
    } else if (fleet.provider() instanceof FleetSettings.Provider.Processes
        && !cluster.onThisMachine()) {
      section.report(
          "provider",
          "static, exec or ec2 while cluster.host is no loopback address: processes listen on loopback only");
    }
  }

  private FleetRules rules(FleetSettings.Provider provider, Section calendar) {
    FleetRules defaults = DEFAULTS.rules();
    int min = section.integer("min", defaults.min(), 1, 10_000);
    int max = section.integer("max", Math.max(min, defaults.max()), 1, 10_000);
    if (max < min) {
      section.report("max", "at least fleet.min, which is " + min);
    }
    boolean enabled = section.flag("enabled", true);
    return new FleetRules(
        scaling(provider, enabled),
        min,
        Math.max(min, max),
        section.integer("slotsPerHost", defaults.slotsPerHost(), 1, 1_000),
        capacity(calendar),
        section.durationOrZero("hold", defaults.hold()),
        section.integer("launchesAtOnce", defaults.launchesAtOnce(), 1, 1_000),
        times());
  }

  private static Scaling scaling(FleetSettings.Provider provider, boolean enabled) {
    if (provider instanceof FleetSettings.Provider.Static) {
      return Scaling.FIXED;
    }
    return enabled ? Scaling.AUTO : Scaling.HAND;
  }

  private Times times() {
    return new Times(
        section.duration("launchTimeout", Times.USUAL.launch()),
        section.duration("unhealthyTimeout", Times.USUAL.unhealthy()),
        section.duration("downFor", Times.USUAL.down()),
        section.duration("grace", Times.USUAL.grace()));
  }

  private Duration interval() {
    Duration interval = section.duration("interval", DEFAULTS.interval());
    if (interval.compareTo(SHORTEST) < 0) {
      section.report("interval", "at least " + Units.show(SHORTEST));
      return DEFAULTS.interval();
    }
    return interval;
  }

  private Allocation allocation() {
    List<String> words =
        Arrays.stream(Allocation.values()).map(Allocation::word).toList();
    String word = section.oneOf("allocation", DEFAULTS.allocation().word(), words);
    return Arrays.stream(Allocation.values())
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElse(DEFAULTS.allocation());
  }

  private List<CapacityRule> capacity(Section calendar) {
    Section forecast = section.section("forecast");
    double factor = section.number("factor", SettingsDefaults.LINEAR.factor(), 1, 100);
    CapacityRule.Calendar exams = new CapacityRule.Calendar(
        calendar.durationOrZero("lead", SettingsDefaults.CALENDAR.lead()),
        calendar.weight("slotsPerStudent", SettingsDefaults.CALENDAR.slotsPerStudent()));
    CapacityRule.Forecast batches = new CapacityRule.Forecast(
        forecast.duration("within", SettingsDefaults.FORECAST.within()),
        forecast.durationOrZero("lead", SettingsDefaults.FORECAST.lead()));
    forecast.reportUnknown();
    List<CapacityRule> known =
        List.of(new CapacityRule.Sqrt(), new CapacityRule.Linear(factor), exams, batches);
    return chosen(known);
  }

  private List<CapacityRule> chosen(List<CapacityRule> known) {
    List<CapacityRule> rules = new ArrayList<>();
    List<String> usual =
        DEFAULTS.rules().rules().stream().map(CapacityRule::word).toList();
    List<String> words = section.words("rules", usual);
    for (CapacityRule rule : known) {
      if (words.contains(rule.word())) {
        rules.add(rule);
      }
    }
    if (rules.isEmpty() || !RULES.containsAll(words)) {
      section.report(
          "rules",
          new Tree.Scalar(words.toString(), section.where()),
          "at least one of " + String.join(", ", RULES));
    }
    return rules.isEmpty() ? DEFAULTS.rules().rules() : rules;
  }

  private static ZoneId zone(Section calendar) {
    ZoneId usual = DEFAULTS.calendar().zone();
    try {
      return ZoneId.of(calendar.text("zone", usual.getId()));
    } catch (DateTimeException unknown) {
      calendar.report("zone", "a time zone, such as Europe/Vienna");
      return usual;
    }
  }
}
