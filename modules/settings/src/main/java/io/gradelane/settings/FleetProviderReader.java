package io.gradelane.settings;

import java.util.List;
import java.util.Set;

/** {@code fleet.provider}, and the options of each; those of the others are read too, so that a wrong one is found. */
final class FleetProviderReader {

  private static final List<String> PROVIDERS = List.of("none", "static", "process", "exec", "ec2");
  private static final String COMMAND = "a command and its arguments, as a list";
  private static final long MB = 1L << 20;

  private final Section fleet;

  FleetProviderReader(Section fleet) {
    this.fleet = fleet;
  }

  FleetSettings.Provider read() {
    String name = fleet.oneOf("provider", PROVIDERS.getFirst(), PROVIDERS);
    FleetSettings.Provider process = processes(fleet.section("process"));
    FleetSettings.Provider exec = exec(fleet.section("exec"), name.equals("exec"));
    FleetSettings.Provider ec2 = ec2(fleet.section("ec2"), name.equals("ec2"));
    return switch (name) {
      case "static" -> new FleetSettings.Provider.Static();
      case "process" -> process;
      case "exec" -> exec;
      case "ec2" -> ec2;
      default -> new FleetSettings.Provider.None();
    };
  }

  private static FleetSettings.Provider processes(Section section) {
    FleetSettings.Provider.Processes processes = new FleetSettings.Provider.Processes(
        section.pathOf("folder").orElse(null),
        section.size("heap", SettingsDefaults.HOST_HEAP, 16 * MB));
    section.reportUnknown();
    return processes;
  }

  private static FleetSettings.Provider exec(Section section, boolean chosen) {
    FleetSettings.Provider.Exec exec = new FleetSettings.Provider.Exec(
        section.words("launch", List.of()),
        section.words("list", List.of()),
        section.words("terminate", List.of()),
        section.duration("timeLimit", SettingsDefaults.COMMAND_TIME));
    section.reportUnknown();
    if (chosen) {
      require(section, "launch", !exec.launch().isEmpty(), COMMAND);
      require(section, "list", !exec.list().isEmpty(), COMMAND);
      require(section, "terminate", !exec.terminate().isEmpty(), COMMAND);
    }
    return exec;
  }

  private static FleetSettings.Provider ec2(Section section, boolean chosen) {
    FleetSettings.Provider.Ec2 ec2 = new FleetSettings.Provider.Ec2(
        section.text("region", ""),
        section.text("template", ""),
        section.text("version", "$Default"),
        section.integer("port", 4000, 1, 65_535),
        section.uri("endpoint", Set.of("http", "https")));
    section.reportUnknown();
    if (chosen) {
      require(section, "region", !ec2.region().isEmpty(), "a region, such as eu-central-1");
      require(
          section,
          "template",
          ec2.template().startsWith("lt-"),
          "the id of a launch template: lt-...");
    }
    return ec2;
  }

  private static void require(Section section, String key, boolean there, String expected) {
    if (!there) {
      section.report(key, expected);
    }
  }
}
