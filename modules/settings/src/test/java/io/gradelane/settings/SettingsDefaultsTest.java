package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.Allocation;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.settings.Loading.Loaded;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsDefaultsTest {

  private static final Path SHIPPED = Path.of("..", "..", "conf", "gradelane.yaml");

  @TempDir
  Path folder;

  @Test
  void withoutAFileAndVariablesTheDefaultsHold() {
    Settings settings = load(Optional.empty());

    assertThat(settings.http())
        .isEqualTo(new Settings.Http("127.0.0.1", 8080, 40L << 20, List.of("*"), 1));
    assertThat(settings.dataDir()).isEqualTo(Path.of("data"));
    assertThat(settings.pool())
        .isEqualTo(new Settings.Pool("main", lanes(), 1, 0.2, Duration.ofSeconds(10)));
    assertThat(settings.servers()).isEmpty();
    assertThat(settings.sandbox()).isEqualTo(new Settings.Sandbox(2, 2));
    assertThat(settings.access().keys()).isEmpty();
    assertThat(settings.files())
        .isEqualTo(new Settings.Files(null, 32L << 20, 1L << 30, 28L << 20, Duration.ofDays(7)));
    assertThat(settings.database())
        .isEqualTo(new Settings.Database(
            true, null, "gradelane", null, 8, Duration.ofSeconds(30), Duration.ofDays(90)));
    assertThat(settings.jobs()).isEqualTo(new Settings.Jobs(256L << 20));
    assertThat(settings.webhooks()).isEqualTo(new Settings.Webhooks(List.of(), false));
    assertThat(settings.health())
        .isEqualTo(new Settings.Health(
            Duration.ofSeconds(1),
            Duration.ofMillis(1500),
            Duration.ofMinutes(1),
            2,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5)));
    assertThat(settings.limits()).isEqualTo(new Settings.Limits(20, 4096, 256));
    assertThat(settings.drain())
        .isEqualTo(new Settings.Drain(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    assertThat(settings.log()).isEqualTo(new Settings.Log("auto", "info"));
    assertThat(settings.cluster())
        .isEqualTo(
            new Settings.Cluster("gradelane", "127.0.0.1", 5701, 0, List.of(), null, null, 0));
    assertThat(settings.cluster().clustered()).isFalse();
    assertThat(settings.records()).isEqualTo(new Settings.Records(true, Duration.ofDays(30)));
    assertThat(settings.hasDatabase()).isTrue();
    assertThat(settings.fleet())
        .isEqualTo(new FleetSettings(
            new FleetSettings.Provider.None(),
            "gradelane",
            new FleetRules(
                Scaling.AUTO,
                1,
                4,
                4,
                List.of(
                    new CapacityRule.Sqrt(),
                    new CapacityRule.Calendar(Duration.ofMinutes(15), 0.1)),
                Duration.ofMinutes(10),
                20,
                new FleetRules.Times(
                    Duration.ofMinutes(10),
                    Duration.ofHours(12),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(2))),
            Duration.ofSeconds(10),
            Allocation.LEAST_LOADED,
            null,
            new FleetSettings.Calendar(null, ZoneOffset.UTC, 100),
            List.of()));
  }

  @Test
  void theShippedFileSaysTheDefaults() {
    Settings shipped = load(Optional.of(SHIPPED));
    Settings defaults = load(Optional.empty());

    assertThat(shipped)
        .usingRecursiveComparison()
        .ignoringFields("dataDir")
        .ignoringCollectionOrderInFields("pool.lanes")
        .isEqualTo(defaults);
    assertThat(shipped.dataDir())
        .isEqualTo(SHIPPED.toAbsolutePath().normalize().resolve("../../data").normalize());
  }

  @Test
  void whatTheShippedFileShowsInCommentsAreKeysWithTheirDefaults() throws IOException {
    String opened = opened();

    Settings settings = new Configuration(folder)
        .yaml(opened)
        .file("jobe_list.json", "{\"jobe\": []}")
        .settings();

    Settings defaults = load(Optional.empty());
    assertThat(settings)
        .usingRecursiveComparison()
        .ignoringFields(
            "dataDir",
            "servers",
            "access",
            "files.redis",
            "database",
            "pool.windows",
            "fleet.apiKey",
            "fleet.calendar.file",
            "fleet.exams")
        .ignoringCollectionOrderInFields("pool.lanes")
        .isEqualTo(defaults);
    assertThat(settings.database())
        .isEqualTo(new Settings.Database(
            true,
            URI.create("postgresql://db.example.edu:5432/gradelane"),
            "gradelane",
            "...",
            8,
            Duration.ofSeconds(30),
            Duration.ofDays(90)));
    assertThat(settings.servers()).hasSize(2);
    assertThat(settings.pool().windows())
        .containsExactly(new ExamWindow(
            "midterm",
            Instant.parse("2026-12-01T07:00:00Z"),
            Instant.parse("2026-12-01T11:00:00Z"),
            24,
            Set.of("bulk")));
    assertThat(settings.fleet().exams()).extracting(Exam::students).containsExactly(240);
    assertThat(settings.access().keys()).hasSize(1);
    assertThat(settings.access().keys().getFirst().maxInFlight())
        .isEqualTo(SettingsDefaults.KEY.maxInFlight());
  }

  /** The shipped file with every commented line opened that looks like a key or an item. */
  private static String opened() throws IOException {
    try (Stream<String> lines = Files.lines(SHIPPED)) {
      return lines
          .map(line -> line.replaceFirst("^( *)# (?=(- |  )?\\w+:( |$)|- )", "$1"))
          .map(line -> line.replace("sha256: \"...\"", "sha256: \"" + "0".repeat(64) + "\""))
          .collect(Collectors.joining("\n"));
    }
  }

  private static List<LaneSpec> lanes() {
    return List.of(
        lane("default", true, 20, Duration.ofSeconds(60), 10_000),
        lane("exam", true, 40, Duration.ofSeconds(60), 10_000),
        lane("interactive", true, 30, Duration.ofSeconds(60), 10_000),
        lane("bulk", false, 10, Duration.ofMinutes(10), 100_000));
  }

  private static LaneSpec lane(
      String name, boolean live, int priority, Duration patience, int maxQueued) {
    return new LaneSpec(name, live, priority, 0, LaneSpec.UNLIMITED, patience, maxQueued, false);
  }

  private static Settings load(Optional<Path> file) {
    Loading loading = SettingsLoader.load(file, Map.of());
    assertThat(loading).isInstanceOf(Loaded.class);
    return ((Loaded) loading).settings();
  }
}
