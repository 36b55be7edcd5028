package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.Allocation;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.Scaling;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetSettingsTest {

  @TempDir
  Path folder;

  @Test
  void rulesAreReadWithWhatBelongsToThem() throws IOException {
    FleetSettings fleet = fleet("""
        fleet:
          provider: process
          min: 2
          max: 9
          rules: [forecast, linear]
          factor: 1.5
          hold: 0s
          interval: 500ms
          allocation: random
          forecast: {within: 30m, lead: 0s}
          calendar: {file: exams.ics, zone: Europe/Vienna}
          process: {folder: hosts, heap: 32MB}
        """);

    assertThat(fleet.provider())
        .isEqualTo(new FleetSettings.Provider.Processes(folder.resolve("hosts"), 32L << 20));
    assertThat(fleet.rules().min()).isEqualTo(2);
    assertThat(fleet.rules().max()).isEqualTo(9);
    assertThat(fleet.rules().hold()).isZero();
    assertThat(fleet.rules().rules())
        .containsExactly(
            new CapacityRule.Linear(1.5),
            new CapacityRule.Forecast(Duration.ofMinutes(30), Duration.ZERO));
    assertThat(fleet.interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(fleet.allocation()).isEqualTo(Allocation.RANDOM);
    assertThat(fleet.calendar().file()).isEqualTo(folder.resolve("exams.ics"));
    assertThat(fleet.calendar().zone().getId()).isEqualTo("Europe/Vienna");
  }

  @Test
  void theProviderAndEnabledSayWhoScales() throws IOException {
    assertThat(scaling("{provider: static}")).isEqualTo(Scaling.FIXED);
    assertThat(scaling("{provider: process, enabled: false}")).isEqualTo(Scaling.HAND);
    assertThat(scaling("{provider: process}")).isEqualTo(Scaling.AUTO);
    assertThat(scaling("{min: 7}")).isEqualTo(Scaling.AUTO);
  }

  @Test
  void whereHostsComeNoSandboxesAreNeeded() throws IOException {
    assertThat(read("fleet: {provider: process}").sandboxes()).isZero();
    assertThat(read("fleet: {provider: static}").sandboxes()).isEqualTo(2);
    assertThat(read("{fleet: {provider: process}, sandbox: {count: 0}}").sandboxes())
        .isZero();
  }

  @Test
  void commandsAndTemplatesAreRead() throws IOException {
    assertThat(fleet("""
                fleet:
                  provider: exec
                  exec: {launch: [up, now], list: [ls], terminate: [down], timeLimit: 5s}
                """).provider())
        .isEqualTo(new FleetSettings.Provider.Exec(
            List.of("up", "now"), List.of("ls"), List.of("down"), Duration.ofSeconds(5)));
    assertThat(fleet("fleet: {provider: ec2, ec2: {region: eu-west-1, template: lt-1}}")
            .provider())
        .isEqualTo(new FleetSettings.Provider.Ec2("eu-west-1", "lt-1", "$Default", 4000, null));
  }

  @Test
  void examsThatTellTheirStudentsAreTheFleetsToo() throws IOException {
    FleetSettings fleet = fleet("""
        exams:
          - {name: a, from: "2026-12-01T08:00:00Z", to: "2026-12-01T10:00:00Z", students: 30}
          - {name: b, from: "2026-12-02T08:00:00Z", to: "2026-12-02T10:00:00Z"}
        """);

    assertThat(fleet.exams())
        .containsExactly(new Exam(
            "a", Instant.parse("2026-12-01T08:00:00Z"), Instant.parse("2026-12-01T10:00:00Z"), 30));
  }

  @Test
  void everyProblemIsToldWithWhatWasExpected() throws IOException {
    assertThat(problems("""
            fleet:
              provider: ec2
              min: 5
              max: 3
              interval: 10ms
              allocation: any
              rules: [cubic]
              calendar: {zone: Nowhere}
              ec2: {template: ami-1}
            servers:
              - {url: "http://a:4000", labels: {fleet: x}}
            """))
        .contains("fleet.max: 3 (expected: at least fleet.min, which is 5)")
        .contains("fleet.interval: 10ms (expected: at least 100ms)")
        .contains("fleet.allocation: any (expected: one of least-loaded, random)")
        .contains(
            "fleet.rules: [cubic] (expected: at least one of sqrt, linear, calendar, forecast)")
        .contains("fleet.calendar.zone: Nowhere (expected: a time zone, such as Europe/Vienna)")
        .contains("fleet.ec2.region")
        .contains("fleet.ec2.template: ami-1 (expected: the id of a launch template: lt-...)")
        .contains("servers.s1.labels.fleet: x (expected: another word");
    assertThat(problems("fleet: {provider: exec}"))
        .contains("fleet.exec.launch: nothing (expected: a command and its arguments, as a list)");
  }

  @Test
  void severalNodesNeedOneDatabaseAndHostsThatAllOfThemReach() throws IOException {
    assertThat(problems("""
            cluster: {members: ["127.0.0.1:5701"]}
            fleet: {provider: exec, exec: {launch: [a], list: [b], terminate: [c]}}
            """))
        .contains("fleet.provider: exec (expected: none while several nodes share no");
    assertThat(problems("""
            cluster: {host: 10.0.0.1, members: ["10.0.0.2:5701"], secret: "0123456789abcdef"}
            database: {url: "postgresql://db/gradelane"}
            fleet: {provider: process}
            """))
        .contains("fleet.provider: process (expected: static, exec or ec2 while cluster.host is");
  }

  private Scaling scaling(String fleet) throws IOException {
    return fleet("fleet: " + fleet).rules().scaling();
  }

  private FleetSettings fleet(String yaml) throws IOException {
    return read(yaml).fleet();
  }

  private Settings read(String yaml) throws IOException {
    return new Configuration(folder).yaml(yaml).settings();
  }

  private String problems(String yaml) throws IOException {
    return String.join("\n", new Configuration(folder).yaml(yaml).problems());
  }
}
