package io.gradelane.settings;

import io.gradelane.core.dispatch.Allocation;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.settings.Settings.ApiKey;
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
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/** What holds where nobody says anything. The shipped {@code conf/gradelane.yaml} shows each of them. */
public final class SettingsDefaults {

  private static final long MB = 1L << 20;

  /** A real Jobe takes a file of 20 MB, which is 27 MB as base64, and fails at 60 MB. */
  static final Http HTTP = new Http("127.0.0.1", 8080, 40 * MB, List.of("*"), 1);

  /** Relative to the working directory where there is no configuration file. */
  static final Path DATA_DIR = Path.of("data");

  /** The waiting lines; the first is where a run goes that names none. */
  static final List<LaneSpec> LANES =
      List.of(live("default", 20), live("exam", 40), live("interactive", 30), bulk());

  static final Pool POOL = new Pool("main", LANES, 1, 0.2, Duration.ofSeconds(10));

  /** Together twice the cores of a small machine: more only adds waiting, and wall-clock verdicts that are false. */
  static final Sandbox SANDBOX = new Sandbox(2, 2);

  static final int SERVER_SLOTS = 4;

  static final ApiKey KEY = new ApiKey(
      "", "", Set.of(), "", Set.of("run"), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

  static final Files FILES = new Files(null, 32 * MB, 1024 * MB, 28 * MB, Duration.ofDays(7));

  static final Database DATABASE =
      new Database(true, null, "gradelane", null, 8, Duration.ofSeconds(30), Duration.ofDays(90));

  static final Records RECORDS = new Records(true, Duration.ofDays(30));

  /** 100,000 jobs of 2 KB, and some more. */
  static final Jobs JOBS = new Jobs(256 * MB);

  /** Public addresses only, by TLS. */
  static final int PER_ENDPOINT = 32;

  static final int AT_ONCE = 256;
  static final Webhooks WEBHOOKS = new Webhooks(List.of(), false);

  static final Health HEALTH = new Health(
      Duration.ofSeconds(1),
      Duration.ofMillis(1500),
      Duration.ofMinutes(1),
      2,
      Duration.ofSeconds(5),
      Duration.ofMinutes(5));

  /** A stream of 150 MB kills Jobe's PHP and leaks the slot; a JVM counts 256 threads as processes. */
  static final Limits LIMITS = new Limits(20, 4096, 256);

  static final Drain DRAIN = new Drain(Duration.ofSeconds(1), Duration.ofSeconds(60));

  static final Log LOG = new Log("auto", "info");

  static final Cluster CLUSTER =
      new Cluster("gradelane", "127.0.0.1", 5701, 0, List.of(), null, null, 0);

  static final CapacityRule.Linear LINEAR = new CapacityRule.Linear(1.3);

  static final CapacityRule.Calendar CALENDAR =
      new CapacityRule.Calendar(Duration.ofMinutes(15), 0.1);

  static final CapacityRule.Forecast FORECAST =
      new CapacityRule.Forecast(Duration.ofHours(1), Duration.ofMinutes(5));

  /** Of a sandbox process that is a host. */
  static final long HOST_HEAP = 64 * MB;

  /** Of one of an operator's commands. */
  static final Duration COMMAND_TIME = Duration.ofSeconds(20);

  static final FleetSettings FLEET = new FleetSettings(
      new FleetSettings.Provider.None(),
      "gradelane",
      new FleetRules(
          Scaling.AUTO,
          1,
          4,
          4,
          List.of(new CapacityRule.Sqrt(), CALENDAR),
          Duration.ofMinutes(10),
          20,
          FleetRules.Times.USUAL),
      Duration.ofSeconds(10),
      Allocation.LEAST_LOADED,
      null,
      new FleetSettings.Calendar(null, ZoneOffset.UTC, 100),
      List.of());

  private SettingsDefaults() {}

  private static LaneSpec live(String name, int priority) {
    return new LaneSpec(
        name, true, priority, 0, LaneSpec.UNLIMITED, Duration.ofSeconds(60), 10_000, false);
  }

  /** Nobody sits and waits there, so it may wait long; its callers' own time-outs end first. */
  private static LaneSpec bulk() {
    return new LaneSpec(
        "bulk", false, 10, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(10), 100_000, false);
  }
}
