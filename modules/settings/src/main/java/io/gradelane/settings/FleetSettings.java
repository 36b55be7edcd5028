package io.gradelane.settings;

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
 * @param calendarFile an iCalendar file with exams, or null
 * @param zone of times in it that bear none
 * @param students of an event that does not tell
 * @param exams those of {@code exams:} that tell their students
 */
public record FleetSettings(
    Provider provider,
    String cluster,
    FleetRules rules,
    @Nullable Path calendarFile,
    ZoneId zone,
    int students,
    List<Exam> exams) {

  public FleetSettings {
    exams = List.copyOf(exams);
  }

  /** Who has machines. */
  public sealed interface Provider {

    /** Nobody: there is no fleet. */
    record None() implements Provider {}

    /** The servers of the configuration are the hosts, and somebody else looks after them. */
    record Static() implements Provider {}

    /** Sandbox processes of this machine. */
    record Processes() implements Provider {}

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
