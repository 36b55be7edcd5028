package io.gradelane.bench;

import io.gradelane.bench.FleetDayRun.Day;
import io.gradelane.core.fleet.CapacityRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the calendar is worth: an exam day with {@code sqrt} alone and with {@code calendar} beside it, as table and plot. */
final class FleetDay {

  private static final double SLOTS_PER_STUDENT = 0.15;

  private FleetDay() {}

  /** {@code --svg FILE}. */
  public static void main(String[] args) throws IOException {
    Options options = Options.of(args);
    Day without = FleetDayRun.play(List.of(new CapacityRule.Sqrt()));
    Day with = FleetDayRun.play(List.of(
        new CapacityRule.Sqrt(),
        new CapacityRule.Calendar(Duration.ofMinutes(10), SLOTS_PER_STUDENT)));
    Report report = new Report(
        "fleet-day",
        "fleet-day: twelve hours with two exams, hosts of " + FleetDayRun.SLOTS
            + " slots that take 4 min to boot, in simulated time, with the planner that runs",
        "rules",
        "longest wait s",
        "hours waited by all",
        "host hours",
        "launches");
    row(report, "sqrt", without);
    row(report, "sqrt, calendar", with);
    report.verdict(
        "longest wait with the calendar over that without",
        with.longestWait() / without.longestWait(),
        "<=",
        0.2);
    report.finish();
    String file = options.textOf("svg", "");
    if (!file.isEmpty()) {
      List<String> titles = List.of(title("sqrt alone", without), title("sqrt and calendar", with));
      Files.writeString(Path.of(file), FleetDayPlot.draw(titles, List.of(without, with)));
      System.out.println("drawn: " + file);
    }
  }

  private static String title(String rules, Day day) {
    return String.format(
        Locale.ROOT,
        "%s: longest wait %.0f s, %.0f host hours, %d launches",
        rules,
        day.longestWait(),
        day.hostHours(),
        day.launches());
  }

  private static void row(Report report, String rules, Day day) {
    report.row(rules, day.longestWait(), day.waitedHours(), day.hostHours(), day.launches());
  }
}
