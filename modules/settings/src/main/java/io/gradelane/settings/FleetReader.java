package io.gradelane.settings;

import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetRules.Times;
import io.gradelane.core.fleet.Scaling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code fleet:}, the machines behind the servers. */
final class FleetReader {

  private static final List<String> PROVIDERS = List.of("none", "static", "process", "exec", "ec2");
  private static final List<String> HOW = List.of(Scaling.AUTO.word(), Scaling.HAND.word());
  private static final List<String> RULES = List.of("sqrt", "linear", "calendar", "forecast");

  private static final FleetSettings DEFAULTS = SettingsDefaults.FLEET;

  private final Section section;

  FleetReader(Section section) {
    this.section = section;
  }

  /** @param exams those that tell their students */
  FleetSettings read(List<Exam> exams) {
    Section calendar = section.section("calendar");
    FleetSettings.Provider provider =
        provider(section.oneOf("provider", PROVIDERS.getFirst(), PROVIDERS));
    FleetSettings fleet = new FleetSettings(
        provider,
        section.text(
            "cluster",
            DEFAULTS.cluster(),
            "[a-z0-9][a-z0-9-]{0,62}",
            "lower-case letters, digits and dashes"),
        rules(provider, calendar),
        calendar.pathOf("file").orElse(null),
        zone(calendar),
        calendar.integer("students", DEFAULTS.students(), 0, 1_000_000),
        exams);
    calendar.reportUnknown();
    section.reportUnknown();
    return fleet;
  }

  private FleetRules rules(FleetSettings.Provider provider, Section calendar) {
    FleetRules defaults = DEFAULTS.rules();
    int min = section.integer("min", defaults.min(), 1, 10_000);
    int max = section.integer("max", defaults.max(), 1, 10_000);
    if (max < min) {
      section.report("max", "at least fleet.min, which is " + min);
    }
    String scaling = section.oneOf("scaling", Scaling.AUTO.word(), HOW);
    return new FleetRules(
        provider instanceof FleetSettings.Provider.Static
            ? Scaling.FIXED
            : Scaling.valueOf(scaling.toUpperCase(Locale.ROOT)),
        min,
        Math.max(min, max),
        section.integer("slotsPerHost", defaults.slotsPerHost(), 1, 1_000),
        capacity(calendar),
        section.durationOrZero("hold", defaults.hold()),
        section.integer("launchesAtOnce", defaults.launchesAtOnce(), 1, 1_000),
        times());
  }

  private Times times() {
    return new Times(
        section.duration("launchTimeout", Times.USUAL.launch()),
        section.duration("unhealthyTimeout", Times.USUAL.unhealthy()),
        section.duration("downFor", Times.USUAL.down()),
        section.duration("grace", Times.USUAL.grace()));
  }

  private List<CapacityRule> capacity(Section calendar) {
    Section forecast = section.section("forecast");
    double factor = section.number("factor", 1.3, 1, 100);
    CapacityRule.Calendar exams = new CapacityRule.Calendar(
        calendar.durationOrZero("lead", SettingsDefaults.CALENDAR.lead()),
        calendar.weight("slotsPerStudent", SettingsDefaults.CALENDAR.slotsPerStudent()));
    CapacityRule.Forecast batches = new CapacityRule.Forecast(
        forecast.duration("within", SettingsDefaults.FORECAST.within()),
        forecast.durationOrZero("lead", SettingsDefaults.FORECAST.lead()));
    forecast.reportUnknown();
    List<CapacityRule> rules = new ArrayList<>();
    for (String word : section.words("rules", words(DEFAULTS.rules().rules()))) {
      switch (word) {
        case "sqrt" -> rules.add(new CapacityRule.Sqrt());
        case "linear" -> rules.add(new CapacityRule.Linear(factor));
        case "calendar" -> rules.add(exams);
        case "forecast" -> rules.add(batches);
        default -> section.report("rules", "some of " + String.join(", ", RULES));
      }
    }
    if (rules.isEmpty()) {
      section.report("rules", "at least one of " + String.join(", ", RULES));
      rules.add(new CapacityRule.Sqrt());
    }
    return rules;
  }

  private static List<String> words(List<CapacityRule> rules) {
    return rules.stream().map(CapacityRule::word).toList();
  }

  private FleetSettings.Provider provider(String name) {
    Section exec = section.section("exec");
    Section ec2 = section.section("ec2");
    FleetSettings.Provider.Exec commands = new FleetSettings.Provider.Exec(
        exec.words("launch", List.of()),
        exec.words("list", List.of()),
        exec.words("terminate", List.of()),
        exec.duration("timeLimit", Duration.ofSeconds(20)));
    FleetSettings.Provider.Ec2 cloud = new FleetSettings.Provider.Ec2(
        ec2.text("region", ""),
        ec2.text("template", ""),
        ec2.text("version", "$Default"),
        ec2.integer("port", 4000, 1, 65_535),
        ec2.uri("endpoint", Set.of("http", "https")));
    exec.reportUnknown();
    ec2.reportUnknown();
    return switch (name) {
      case "static" -> new FleetSettings.Provider.Static();
      case "process" -> new FleetSettings.Provider.Processes();
      case "exec" -> complete(exec, commands);
      case "ec2" -> complete(ec2, cloud);
      default -> new FleetSettings.Provider.None();
    };
  }

  private static FleetSettings.Provider complete(
      Section exec, FleetSettings.Provider.Exec commands) {
    require(exec, "launch", !commands.launch().isEmpty(), "a command and its arguments, as a list");
    require(exec, "list", !commands.list().isEmpty(), "a command and its arguments, as a list");
    require(
        exec,
        "terminate",
        !commands.terminate().isEmpty(),
        "a command and its arguments, as a list");
    return commands;
  }

  private static FleetSettings.Provider complete(Section ec2, FleetSettings.Provider.Ec2 cloud) {
    require(ec2, "region", !cloud.region().isEmpty(), "a region, such as eu-central-1");
    require(
        ec2, "template", cloud.template().startsWith("lt-"), "the id of a launch template: lt-...");
    return cloud;
  }

  private static void require(Section section, String key, boolean there, String expected) {
    if (!there) {
      section.report(key, expected);
    }
  }

  private static ZoneId zone(Section calendar) {
    try {
      return ZoneId.of(calendar.text("zone", DEFAULTS.zone().getId()));
    } catch (DateTimeException unknown) {
      calendar.report("zone", "a time zone, such as Europe/Vienna");
      return DEFAULTS.zone();
    }
  }
}
