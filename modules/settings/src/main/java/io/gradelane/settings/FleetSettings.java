package io.gradelane.settings;

import io.gradelane.core.dispatch.Allocation;
import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetRules;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machines behind the servers.
 *
 * @param cluster the value of the tag that this cluster's hosts bear
 * @param interval between two passes of the loop
 * @param allocation which host gets a run
 * @param apiKey sent to the servers on hosts, or null
 * @param exams those of {@code exams:} that tell their students
 */
public record FleetSettings(
    Provider provider,
    String cluster,
    FleetRules rules,
    Duration interval,
    Allocation allocation,
    @Nullable String apiKey,
    Calendar calendar,
    List<Exam> exams) {

  public FleetSettings {
    exams = List.copyOf(exams);
  }

  public boolean exists() {
    return !(provider instanceof Provider.None);
  }

  /** Whether the servers are hosts that come and go, so that none need be configured. */
  public boolean brings() {
    return exists() && !(provider instanceof Provider.Static);
  }

  public boolean forecasts() {
    return rules.rules().stream().anyMatch(CapacityRule.Forecast.class::isInstance);
  }

  /** Without the key. */
  @Override
  public String toString() {
    return "FleetSettings[" + provider + ", cluster " + cluster + ", " + rules + "]";
  }

  /**
   * Where exams stand besides the configuration.
   *
   * @param file an iCalendar file, or null
   * @param zone of times in it that bear none
   * @param students of an event that does not tell
   */
  public record Calendar(@Nullable Path file, ZoneId zone, int students) {}

  /** Who has machines. */
  public sealed interface Provider {

    /** Nobody: there is no fleet. */
    record None() implements Provider {}

    /** The servers of the configuration are the hosts, and somebody else looks after them. */
    record Static() implements Provider {}

    /**
     * Sandbox processes of this machine.
     *
     * @param folder where they are written down; null: under {@code data.dir}
     * @param heapBytes of each
     */
    record Processes(@Nullable Path folder, long heapBytes) implements Provider {}

    /**
     * An operator's three commands.
     *
     * @param timeLimit of each
     */
    record Exec(List<String> launch, List<String> list, List<String> terminate, Duration timeLimit)
        implements Provider {
      public Exec {
        launch = List.copyOf(launch);
        list = List.copyOf(list);
        terminate = List.copyOf(terminate);
      }
    }

    /**
     * EC2.
     *
     * @param template id of the launch template
     * @param port on which the server of an instance listens
     * @param endpoint another than the region's own, or null
     */
    record Ec2(
        String region,
        String template,
        String version,
        int port,
        @Nullable URI endpoint) implements Provider {}
  }
}
