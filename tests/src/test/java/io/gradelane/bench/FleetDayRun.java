package io.gradelane.bench;

import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetAction;
import io.gradelane.core.fleet.FleetPlan;
import io.gradelane.core.fleet.FleetPlanner;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetView;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.Memory;
import io.gradelane.core.fleet.Outlook;
import io.gradelane.core.fleet.Scaling;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** One day of a fleet in simulated time, with the planner that runs: who comes, who waits, and what there is for them. */
final class FleetDayRun {

  static final Instant MORNING = Instant.parse("2026-03-02T07:00:00Z");
  static final int SLOTS = 8;
  static final List<Exam> EXAMS = List.of(
      new Exam("midterm A", at(9, 0), at(11, 0), 480),
      new Exam("midterm B", at(14, 0), at(15, 30), 320));

  private static final int HOURS = 12;
  private static final int NIGHT = 3600;
  private static final int STEP = 10;
  private static final double RUN_SECONDS = 5;
  private static final double BOOT_SECONDS = 240;

  /** What there was at one moment, in slots; load in runs. */
  record Point(double hour, int load, int wanted, int launching, int ready) {}

  /** @param longestWait seconds, of the run at the end of the line */
  record Day(
      List<Point> points, double longestWait, double waitedHours, double hostHours, int launches) {}

  private final FleetPlanner planner;
  private final SplittableRandom random = new SplittableRandom(1);
  private final Map<HostId, Host> hosts = new LinkedHashMap<>();
  private final Map<HostId, Instant> serves = new HashMap<>();
  private final Map<HostId, Boolean> closed = new HashMap<>();
  private final List<Point> points = new ArrayList<>();
  private Memory memory = Memory.NONE;
  private double waiting;
  private double busy;
  private double longestWait;
  private double waitedHours;
  private double hostHours;
  private int launches;

  private FleetDayRun(List<CapacityRule> rules) {
    AtomicInteger names = new AtomicInteger();
    planner = new FleetPlanner(
        new FleetRules(
            Scaling.AUTO, 2, 14, SLOTS, rules, Duration.ofMinutes(10), 20, FleetRules.Times.USUAL),
        () -> new HostId("h" + names.incrementAndGet()));
  }

  static Day play(List<CapacityRule> rules) {
    FleetDayRun run = new FleetDayRun(rules);
    for (int second = -NIGHT; second < HOURS * 3600; second += STEP) {
      run.step(MORNING.plusSeconds(second));
      if (second < 0) {
        run.forget();
      }
    }
    return new Day(run.points, run.longestWait, run.waitedHours, run.hostHours, run.launches);
  }

  /** The first hosts have come before the day begins. */
  private void forget() {
    points.clear();
    longestWait = 0;
    waitedHours = 0;
    hostHours = 0;
    launches = 0;
  }

  private void step(Instant now) {
    work(now);
    FleetPlan plan = planner.plan(view(now), memory);
    memory = plan.memory();
    plan.actions().forEach(action -> act(action, now));
    int ready = count("ready");
    int launching = count("launching");
    hostHours += hosts.size() * STEP / 3600.0;
    points.add(new Point(
        Duration.between(MORNING, now).toSeconds() / 3600.0,
        (int) Math.round(busy + waiting),
        plan.decision().target() * SLOTS,
        launching * SLOTS,
        ready * SLOTS));
  }

  /** Runs come at random, and go at the rate of the slots that there are. */
  private void work(Instant now) {
    waiting += arrivals(rate(now) * STEP);
    int slots = count("ready") * SLOTS;
    double most = slots * STEP / RUN_SECONDS;
    double done = Math.min(waiting, most);
    waiting -= done;
    busy = done * RUN_SECONDS / STEP;
    double wait = slots == 0 ? 0 : waiting * RUN_SECONDS / slots;
    longestWait = Math.max(longestWait, wait);
    waitedHours += waiting * STEP / 3600;
  }

  /** Runs a second: an ordinary day, and in an exam one run of each student every minute, more often towards its end. */
  private static double rate(Instant now) {
    double hour = Duration.between(MORNING, now).toSeconds() / 3600.0;
    double rate = 1.2 + 1.2 * Math.sin(Math.PI * Math.max(0, hour) / HOURS);
    for (Exam exam : EXAMS) {
      if (!now.isBefore(exam.start()) && now.isBefore(exam.end())) {
        double begun = Duration.between(exam.start(), now).toSeconds() / 180.0;
        double left = Duration.between(now, exam.end()).toSeconds() / 900.0;
        rate += exam.students() / 50.0 * Math.min(1, begun) * (left < 1 ? 1.4 : 1);
      }
    }
    return rate;
  }

  private double arrivals(double mean) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
  }

  private FleetView view(Instant now) {
    List<Listed> listed = hosts.keySet().stream()
        .map(id -> new Listed("i-" + id, id.value(), "http://" + id, Condition.SOUND))
        .toList();
    Set<HostId> answering = serves.entrySet().stream()
        .filter(entry -> !entry.getValue().isAfter(now))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
    Map<HostId, HostUse> uses = new HashMap<>();
    closed.forEach((id, isClosed) -> uses.put(id, new HostUse(isClosed, 0, null)));
    Load load = new Load((int) Math.round(busy), (int) Math.round(waiting));
    return new FleetView(
        new Outlook(now, Optional.of(load), EXAMS),
        List.copyOf(hosts.values()),
        new Listing.Complete(listed),
        Optional.of(uses),
        answering);
  }

  private void act(FleetAction action, Instant now) {
    switch (action) {
      case FleetAction.Insert insert -> hosts.put(insert.id(), insert.host());
      case FleetAction.Replace replace -> hosts.put(replace.id(), replace.after());
      case FleetAction.Launch launch -> {
        launches++;
        hosts.put(launch.id(), launch.host().located("i-" + launch.id(), "http://" + launch.id()));
        serves.put(
            launch.id(), now.plusSeconds((long) (BOOT_SECONDS * random.nextDouble(0.8, 1.2))));
      }
      case FleetAction.Terminate terminate -> {
        hosts.remove(terminate.id());
        serves.remove(terminate.id());
      }
      case FleetAction.Join join -> closed.put(join.id(), false);
      case FleetAction.Close close -> closed.put(close.id(), true);
      case FleetAction.Leave leave -> closed.remove(leave.id());
    }
  }

  private int count(String state) {
    return (int) hosts.values().stream()
        .filter(host -> host.state().word().equals(state))
        .filter(host -> !(host.state() instanceof Ready) || closed.containsKey(host.id()))
        .count();
  }

  private static Instant at(int hour, int minute) {
    return MORNING.plus(Duration.ofHours(hour - 7)).plus(Duration.ofMinutes(minute));
  }
}
