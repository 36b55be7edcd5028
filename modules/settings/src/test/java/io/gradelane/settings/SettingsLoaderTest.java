package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.LaneSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsLoaderTest {

  @TempDir
  Path folder;

  private Configuration configuration = new Configuration(Path.of(""));

  @BeforeEach
  void begin() {
    configuration = new Configuration(folder);
  }

  @Test
  void aProblemTellsPathValueExpectedAndLine() throws IOException {
    configuration.yaml("""
        lanes:
          exam:
            priority: 40
            patience: 0s
        """);

    assertThat(configuration.problems())
        .containsExactly("lanes.exam.patience: 0s (expected: above zero), line 4");
  }

  @Test
  void everyProblemIsToldAtOnce() throws IOException {
    configuration.yaml("""
            http:
              port: 70000
              maxBody: lots
            drain: {delay: soon}
            log:
              level: loud
            """).env("GRADELANE_LIMITS_MEMORY_MB", "-3");

    assertThat(configuration.problems())
        .containsExactly(
            "http.port: 70000 (expected: a whole number from 0 to 65535), line 2",
            "http.maxBody: lots (expected: a size such as 40MB, at least 1KB), line 3",
            "limits.memoryMb: -3 (expected: a whole number from 1 to 10000000), from GRADELANE_LIMITS_MEMORY_MB",
            "drain.delay: soon (expected: a duration such as 5s, or 0s), line 4",
            "log.level: loud (expected: one of error, warn, info, debug, trace), line 6");
  }

  @Test
  void aDatabasesUserAndPasswordHaveKeysOfTheirOwn() throws IOException {
    configuration.yaml("""
        database:
          url: postgresql://ada:secret@db:5432/gradelane
        """);

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("database.url: ")
        .contains("database.user and database.password");
  }

  @Test
  void aPasswordComesFromAFileAndIsNotShown() throws IOException {
    configuration
        .file("password", "geheim\n")
        .env("GRADELANE_DATABASE_URL", "postgresql://db/gradelane")
        .env("GRADELANE_DATABASE_PASSWORD_FILE", folder.resolve("password").toString());

    Settings.Database database = configuration.settings().database();

    assertThat(database.password()).isEqualTo("geheim");
    assertThat(database.toString()).doesNotContain("geheim");
  }

  @Test
  void anUnknownKeyNamesTheNearestOne() throws IOException {
    configuration.yaml("""
        http:
          prot: 8080
        healht:
          interval: 1s
        """);

    assertThat(configuration.problems())
        .containsExactly(
            "http.prot: unknown key (expected: http.port), line 2",
            "healht: unknown key (expected: health), line 3");
  }

  @Test
  void anUnknownVariableNamesTheNearestOne() throws IOException {
    configuration.env("GRADELANE_HTTP_PROT", "8080");

    assertThat(configuration.problems())
        .containsExactly(
            "GRADELANE_HTTP_PROT (expected: the name of a key, such as GRADELANE_HTTP_PORT), in the environment");
  }

  @Test
  void whatKubernetesSetsForAServiceCalledGradelaneIsLeftAlone() throws IOException {
    configuration
        .env("GRADELANE_PORT", "tcp://10.0.0.1:8080")
        .env("GRADELANE_PORT_8080_TCP_ADDR", "10.0.0.1")
        .env("GRADELANE_SERVICE_HOST", "10.0.0.1")
        .env("GRADELANE_SERVICE_PORT", "8080")
        .env("GRADELANE_SERVICE_PORT_HTTP", "8080");

    assertThat(configuration.settings().http().port()).isEqualTo(8080);
  }

  @Test
  void aVariableWinsOverTheFile() throws IOException {
    configuration
        .yaml("http: {port: 8081}")
        .env("GRADELANE_HTTP_PORT", "8082")
        .env("GRADELANE_LANES_EXAM_MAX_QUEUED", "7")
        .env("GRADELANE_HTTP_CORS_ORIGINS", "https://a.example, https://b.example");

    Settings settings = configuration.settings();

    assertThat(settings.http().port()).isEqualTo(8082);
    assertThat(lane(settings, "exam").maxQueued()).isEqualTo(7);
    assertThat(settings.http().corsOrigins())
        .containsExactly("https://a.example", "https://b.example");
  }

  @Test
  void anEmptyVariableIsNone() throws IOException {
    configuration.env("GRADELANE_HTTP_PORT", "");

    assertThat(configuration.settings().http().port()).isEqualTo(8080);
  }

  @Test
  void aSecretFileThatIsMissingIsAProblem() throws IOException {
    configuration.env("GRADELANE_FILES_REDIS_FILE", "/nowhere/redis");

    assertThat(configuration.problems())
        .containsExactly(
            "files.redis: /nowhere/redis (expected: a file that can be read), from GRADELANE_FILES_REDIS_FILE");
  }

  @Test
  void aWrongValueFromASecretFileIsNotShown() throws IOException {
    configuration
        .file("secret", "password")
        .env("GRADELANE_FILES_REDIS_FILE", folder.resolve("secret").toString());

    assertThat(configuration.problems())
        .containsExactly(
            "files.redis (expected: a URL of redis or rediss with a host), from GRADELANE_FILES_REDIS_FILE");
  }

  @Test
  void lanesInTheFileAreTheWholeSet() throws IOException {
    configuration.yaml("""
        lanes:
          exam: {cap: 12, patience: 2m}
          night: {live: false, cap: unlimited}
        """);

    Settings settings = configuration.settings();

    assertThat(settings.pool().lanes()).extracting(LaneSpec::name).containsExactly("exam", "night");
    assertThat(lane(settings, "exam"))
        .isEqualTo(new LaneSpec("exam", true, 40, 0, 12, Duration.ofMinutes(2), 10_000, false));
    assertThat(lane(settings, "night").live()).isFalse();
  }

  @Test
  void theDefaultLaneStandsFirst() throws IOException {
    configuration.yaml("""
        lanes: {a: {}, b: {}, c: {}}
        pool: {defaultLane: b}
        """);

    assertThat(configuration.settings().pool().lanes())
        .extracting(LaneSpec::name)
        .containsExactly("b", "a", "c");
  }

  @Test
  void wrongLanesAreTold() throws IOException {
    configuration.yaml("""
        lanes:
          Exam: {}
          a: {min: 5, cap: 2}
        pool: {defaultLane: b}
        """);

    assertThat(configuration.problems())
        .containsExactly(
            "lanes: Exam (expected: a name of lower-case letters, digits and dashes), line 2",
            "lanes.a.min: 5 (expected: at most the lane's cap, which is 2), line 3",
            "pool.defaultLane: b (expected: one of the lanes: a), line 4");
  }

  @Test
  void withoutKeysOnlyLoopbackIsListenedOn() throws IOException {
    configuration.yaml("http: {host: 0.0.0.0}");

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith(
            "http.host: 0.0.0.0 (expected: a loopback address such as 127.0.0.1 while access.keys is empty");
  }

  @Test
  void aKeyOpensEveryAddress() throws IOException {
    configuration.yaml("""
        http: {host: 0.0.0.0}
        access:
          keys:
            - name: moodle
              sha256: %s
              lanes: [exam, bulk]
              scopes: [run, admin]
              perMinute: 600
        """.formatted("A1".repeat(32)));

    assertThat(configuration.settings().access().keys())
        .containsExactly(new Settings.ApiKey(
            "moodle",
            "a1".repeat(32),
            Set.of("exam", "bulk"),
            "exam",
            Set.of("run", "admin"),
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            600));
  }

  @Test
  void wrongKeysAreTold() throws IOException {
    configuration.yaml("""
        access:
          keys:
            - {name: a, sha256: abc}
            - {name: a, sha256: %1$s, lanes: [nosuch]}
            - {sha256: %1$s, defaultLane: bulk, lanes: [exam], scopes: [root]}
        """.formatted("0".repeat(64)));

    assertThat(configuration.problems())
        .containsExactly(
            "access.keys.a.sha256: abc (expected: 64 hex digits; `bin/gradelane key new NAME` makes a key and prints them), line 3",
            "access.keys.a.lanes: [nosuch] (expected: some of [default, exam, interactive, bulk]), line 4",
            "access.keys.a.name: a (expected: a name that no other key has), line 4",
            "access.keys.key3.name: nothing (expected: a name of letters, digits, dots and dashes), line 5",
            "access.keys.key3.defaultLane: bulk (expected: one of exam), line 5",
            "access.keys.key3.scopes: [root] (expected: run, admin or both), line 5",
            "access.keys.key3.sha256: %s (expected: a key that nobody else has), line 5"
                .formatted("0".repeat(64)));
  }

  @Test
  void aSyntaxErrorNamesTheLine() throws IOException {
    configuration.yaml("http:\n  port: 1\n bad: 2\n");

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .contains("gradelane.yaml: ")
        .endsWith("(expected: YAML or JSON), line 3");
  }

  @Test
  void aKeyThatStandsTwiceIsTold() throws IOException {
    configuration.yaml("http: {port: 1}\nhttp: {port: 2}\n");

    assertThat(configuration.problems()).containsExactly("http (expected: each key once), line 2");
  }

  @Test
  void aValueOfTheWrongShapeIsTold() throws IOException {
    configuration.yaml("""
        http: 8080
        drain: {delay: [1s]}
        servers: jobe1
        """);

    assertThat(configuration.problems())
        .containsExactly(
            "http: 8080 (expected: a mapping), line 1",
            "servers: jobe1 (expected: a list), line 3",
            "drain.delay: a list (expected: one value), line 2");
  }

  @Test
  void aFileThatIsMissingIsAProblem() {
    Loading loading = SettingsLoader.load(Optional.of(folder.resolve("nosuch.yaml")), Map.of());

    assertThat(loading)
        .isEqualTo(new Loading.Problems(List.of(new Problem(
            folder.resolve("nosuch.yaml").toString(), "", "a file that can be read", ""))));
  }

  @Test
  void pathsAreRelativeToTheFile() throws IOException {
    configuration.yaml("data: {dir: ../kept}");

    assertThat(configuration.settings().dataDir())
        .isEqualTo(folder.toAbsolutePath().resolve("../kept").normalize());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, true", "127.8.9.1, true", "localhost, true", "::1, true", "0:0:0:0:0:0:0:1, true",
    "0.0.0.0, false", "::, false", "10.0.0.1, false", "example.edu, false", "1::1, false"
  })
  void loopbackIsRecognised(String host, boolean loopback) {
    assertThat(Uris.isLoopback(host)).isEqualTo(loopback);
  }

  private static LaneSpec lane(Settings settings, String name) {
    return settings.pool().lanes().stream()
        .filter(lane -> lane.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everythingThatIsWrongWithAnExamIsSaid(@TempDir Path folder) throws IOException {
    Configuration configuration = new Configuration(folder).yaml("""
            exams:
              - {from: tomorrow, to: 2026-12-01T08:00:00Z, pause: [nosuch]}
              - {from: 2026-12-01T08:00:00Z, to: 2026-12-01T08:00:00Z}
            """);
    assertThat(configuration.problems())
        .hasSize(3)
        .anyMatch(problem -> problem.startsWith("exams.1.from: tomorrow"))
        .anyMatch(problem -> problem.startsWith("exams.1.pause: [nosuch]"))
        .anyMatch(problem -> problem.startsWith("exams.2.to"));
  }
}
