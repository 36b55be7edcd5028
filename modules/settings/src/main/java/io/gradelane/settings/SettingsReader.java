package io.gradelane.settings;

import io.gradelane.core.fleet.Exam;
import io.gradelane.core.hook.AddressRules;
import io.gradelane.core.lane.ExamWindow;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.settings.Settings.Access;
import io.gradelane.settings.Settings.Cluster;
import io.gradelane.settings.Settings.Database;
import io.gradelane.settings.Settings.Drain;
import io.gradelane.settings.Settings.Files;
import io.gradelane.settings.Settings.Health;
import io.gradelane.settings.Settings.Http;
import io.gradelane.settings.Settings.Jobs;
import io.gradelane.settings.Settings.Limits;
import io.gradelane.settings.Settings.Log;
import io.gradelane.settings.Settings.Pool;
import io.gradelane.settings.Settings.Records;
import io.gradelane.settings.Settings.Sandbox;
import io.gradelane.settings.Settings.Webhooks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The keys of the configuration: their names, their kinds, their bounds, and what they have to do with each other. */
final class SettingsReader {

  private static final Duration LONGEST_STATEMENT = Duration.ofHours(1);

  private static final List<String> LOG_FORMATS = List.of("auto", "json", "text");
  private static final List<String> LOG_LEVELS = List.of("error", "warn", "info", "debug", "trace");

  private final Section root;
  private final List<Problem> problems;
  private final List<String> warnings = new ArrayList<>();

  /** Exams that tell their students; written when the pool is read. */
  private List<Exam> expected = List.of();

  SettingsReader(Section root, List<Problem> problems) {
    this.root = root;
    this.problems = problems;
  }

  List<String> warnings() {
    return warnings;
  }

  Settings read() {
    Section httpSection = root.section("http");
    Http http = http(httpSection);
    Path dataDir = dataDir(root.section("data"));
    Pool pool = pool(root.section("pool"));
    List<ServerSpec> servers =
        new ServersReader(root, new JobeList(root, problems::add, warnings)).read();
    Cluster cluster = new ClusterReader(root.section("cluster")).read();
    Database database = database(root.section("database"));
    FleetSettings fleet = new FleetReader(root.section("fleet")).read(expected, cluster, database);
    boolean served = cluster.clustered() || fleet.brings() || !servers.isEmpty();
    Sandbox sandbox = sandbox(root.section("sandbox"), served);
    Access access = new AccessReader(root.section("access"), pool.lanes()).read();
    if (access.keys().isEmpty() && !Uris.isLoopback(http.host())) {
      httpSection.report(
          "host",
          "a loopback address such as 127.0.0.1 while access.keys is empty: without keys anybody could run programs");
    }
    Settings settings = new Settings(
        http,
        dataDir,
        pool,
        servers,
        sandbox,
        access,
        files(root.section("files")),
        database,
        jobs(root.section("jobs")),
        webhooks(root.section("webhooks")),
        health(root.section("health")),
        limits(root.section("limits")),
        drain(root.section("drain")),
        log(root.section("log")),
        cluster,
        records(root.section("records")),
        fleet);
    root.reportUnknown();
    return settings;
  }

  private static Http http(Section section) {
    Http defaults = SettingsDefaults.HTTP;
    Http http = new Http(
        section.text("host", defaults.host()),
        section.integer("port", defaults.port(), 0, 65_535),
        section.size("maxBody", defaults.maxBodyBytes(), 1 << 10),
        section.words("corsOrigins", defaults.corsOrigins()),
        section.integer("instances", defaults.instances(), 1, 256),
        section.flag("docs", defaults.docs()));
    section.reportUnknown();
    return http;
  }

  private static Path dataDir(Section section) {
    Path dir = section.file("dir", SettingsDefaults.DATA_DIR);
    section.reportUnknown();
    return dir;
  }

  private Pool pool(Section section) {
    Pool defaults = SettingsDefaults.POOL;
    List<LaneSpec> lanes = new LanesReader(root).read(section);
    ExamsReader exams = new ExamsReader(root, lanes);
    List<ExamWindow> windows = exams.read();
    expected = exams.expected();
    Pool pool = new Pool(
        section.text(
            "name",
            defaults.name(),
            "[a-z0-9][a-z0-9-]{0,62}",
            "lower-case letters, digits and dashes"),
        lanes,
        section.integer("reserveFloor", defaults.reserveFloor(), 1, 100_000),
        section.number("retryRatio", defaults.retryRatio(), 0, 1),
        section.durationOrZero("warmUp", defaults.warmUp()),
        windows);
    section.reportUnknown();
    return pool;
  }

  /** @param served whether there are or will be other servers: named here or by another node, or brought by the fleet */
  private static Sandbox sandbox(Section section, boolean served) {
    Sandbox defaults = SettingsDefaults.SANDBOX;
    Sandbox sandbox = new Sandbox(
        section.integer("count", defaults.count(), 0, 64),
        section.integer("slots", defaults.slots(), 1, 64));
    if (sandbox.count() == 0 && !served) {
      section.report("count", "1 or more while there are no servers");
    }
    section.reportUnknown();
    return sandbox;
  }

  private static Files files(Section section) {
    Files defaults = SettingsDefaults.FILES;
    Files files = new Files(
        section.uri("redis", Set.of("redis", "rediss")),
        section.size("heap", defaults.heapBytes(), 0),
        section.size("disk", defaults.diskBytes(), 0),
        section.size("maxFile", defaults.maxFileBytes(), 1),
        section.duration("ttl", defaults.ttl()));
    section.reportUnknown();
    return files;
  }

  private static Database database(Section section) {
    Database defaults = SettingsDefaults.DATABASE;
    Database database = new Database(
        section.flag("embedded", defaults.embedded()),
        section.uri("url", Set.of("postgresql", "postgres")),
        section.text("user", defaults.user()),
        section.textOrNull("password"),
        section.integer("connections", defaults.connections(), 2, 1_000),
        section.duration("timeout", defaults.timeout()),
        section.duration("keep", defaults.keep()));
    if (database.url() != null && database.url().getUserInfo() != null) {
      section.report("url", "a URL without a user: database.user and database.password say who");
    }
    if (database.timeout().compareTo(LONGEST_STATEMENT) > 0) {
      section.report("timeout", "at most " + Units.show(LONGEST_STATEMENT));
    }
    section.reportUnknown();
    return database;
  }

  private static Records records(Section section) {
    Records defaults = SettingsDefaults.RECORDS;
    Records records = new Records(
        section.flag("enabled", defaults.enabled()), section.duration("keep", defaults.keep()));
    section.reportUnknown();
    return records;
  }

  private static Jobs jobs(Section section) {
    Jobs jobs =
        new Jobs(section.size("maxUpload", SettingsDefaults.JOBS.maxUploadBytes(), 1 << 10));
    section.reportUnknown();
    return jobs;
  }

  private static Webhooks webhooks(Section section) {
    Webhooks defaults = SettingsDefaults.WEBHOOKS;
    Webhooks webhooks = new Webhooks(
        section.words("allow", defaults.allow()),
        section.flag("http", defaults.http()),
        section.integer("perEndpoint", defaults.perEndpoint(), 1, 1_000),
        section.integer("atOnce", defaults.atOnce(), 1, 10_000));
    try {
      AddressRules.allowing(webhooks.allow());
    } catch (IllegalArgumentException wrong) {
      section.report(
          "allow", "names of hosts, and blocks such as 10.1.0.0/16; not " + wrong.getMessage());
    }
    section.reportUnknown();
    return webhooks;
  }

  private static Health health(Section section) {
    Health defaults = SettingsDefaults.HEALTH;
    Duration ejection = section.duration("ejection", defaults.ejection());
    Duration maxEjection = section.duration("maxEjection", defaults.maxEjection());
    if (ejection.compareTo(maxEjection) > 0) {
      section.report("maxEjection", "at least health.ejection, which is " + Units.show(ejection));
    }
    Health health = new Health(
        section.duration("interval", defaults.interval()),
        section.duration("timeout", defaults.timeout()),
        section.duration("runEvery", defaults.runEvery()),
        section.integer("failures", defaults.failures(), 1, 100),
        ejection,
        maxEjection);
    section.reportUnknown();
    return health;
  }

  private static Limits limits(Section section) {
    Limits defaults = SettingsDefaults.LIMITS;
    Limits limits = new Limits(
        section.integer("streamSizeMb", defaults.streamSizeMb(), 1, 1_000),
        section.integer("memoryMb", defaults.memoryMb(), 1, 10_000_000),
        section.integer("processes", defaults.processes(), 1, 1_000_000));
    section.reportUnknown();
    return limits;
  }

  private static Drain drain(Section section) {
    Drain defaults = SettingsDefaults.DRAIN;
    Drain drain = new Drain(
        section.durationOrZero("delay", defaults.delay()),
        section.duration("timeout", defaults.timeout()));
    section.reportUnknown();
    return drain;
  }

  private static Log log(Section section) {
    Log defaults = SettingsDefaults.LOG;
    Log log = new Log(
        section.oneOf("format", defaults.format(), LOG_FORMATS),
        section.oneOf("level", defaults.level(), LOG_LEVELS));
    section.reportUnknown();
    return log;
  }
}
