package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

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
          rules: [linear, forecast]
          factor: 1.5
          hold: 0s
          forecast: {within: 30m, lead: 0s}
          calendar: {file: exams.ics, zone: Europe/Vienna}
        """);

    assertThat(fleet.provider()).isEqualTo(new FleetSettings.Provider.Processes());
    assertThat(fleet.rules().min()).isEqualTo(2);
    assertThat(fleet.rules().max()).isEqualTo(9);
    assertThat(fleet.rules().hold()).isZero();
    assertThat(fleet.rules().rules())
        .containsExactly(
            new CapacityRule.Linear(1.5),
            new CapacityRule.Forecast(Duration.ofMinutes(30), Duration.ZERO));
    assertThat(fleet.calendarFile()).isEqualTo(folder.resolve("exams.ics"));
    assertThat(fleet.zone().getId()).isEqualTo("Europe/Vienna");
  }

  @Test
  void aStaticFleetIsFixed() throws IOException {
    assertThat(fleet("fleet: {provider: static}").rules().scaling()).isEqualTo(Scaling.FIXED);
    assertThat(fleet("fleet: {provider: process, scaling: hand}").rules().scaling())
        .isEqualTo(Scaling.HAND);
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
    List<String> problems = new Configuration(folder).yaml("""
            fleet:
              provider: ec2
              min: 5
              max: 3
              rules: [cubic]
              calendar: {zone: Nowhere}
              ec2: {template: ami-1}
            """).problems();

    assertThat(String.join("\n", problems))
        .contains("fleet.max: 3 (expected: at least fleet.min, which is 5)")
        .contains("expected: some of sqrt, linear, calendar, forecast")
        .contains("fleet.calendar.zone: Nowhere (expected: a time zone, such as Europe/Vienna)")
        .contains("fleet.ec2.region")
        .contains("fleet.ec2.template: ami-1 (expected: the id of a launch template: lt-...)");
  }

  private FleetSettings fleet(String yaml) throws IOException {
    return new Configuration(folder).yaml(yaml).settings().fleet();
  }
}
