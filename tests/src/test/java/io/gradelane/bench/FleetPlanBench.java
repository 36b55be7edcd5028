package io.gradelane.bench;

import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.FleetPlan;
import io.gradelane.core.fleet.FleetPlanner;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetView;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.Memory;
import io.gradelane.core.fleet.Outlook;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.core.fleet.Who;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What one pass of the loop costs: to plan, for fleets of many sizes, at rest and when all of it must move; and whole, with a
 * table of 1,000 hosts in PostgreSQL.
 */
final class FleetPlanBench {

  private static final Instant NOW = Instant.parse("2026-03-02T07:00:00Z");
  private static final double NANOS = 1e6;
  private static final int MANY = 1_000;
  /** Drained, ended, and three listings that no longer name them. */
  private static final int FALL = 6;

  private FleetPlanBench() {}

  /** {@code --smoke}. */
  public static void main(String[] args) throws IOException {
    int rounds = Options.of(args).smoke() ? 20 : 2_000;
    Report report = new Report(
        "fleet-plan",
        "fleet-plan: time of one plan on one thread",
        "hosts",
        "case",
        "actions",
        "mean ms",
        "worst ms");
    for (int hosts : new int[] {10, 100, MANY}) {
      measure(report, hosts, "at rest", view(hosts, hosts * 4, false), rounds);
      double worst = measure(report, hosts, "all drained end", view(hosts, 4, true), rounds);
      if (hosts == MANY) {
        report.verdict("worst plan for 1,000 hosts, ms", worst, "<=", 200);
      }
    }
    report.finish();
    passes(Options.of(args).smoke() ? 5 : 50);
  }

  /** A provider and a pool that answer at once, so what is left is the database and this process. */
  private static void passes(int rounds) throws IOException {
    Report report = new Report(
        "fleet-pass",
        "fleet-pass: one whole pass over 1,000 hosts in PostgreSQL, ms",
        "case",
        "passes",
        "mean ms",
        "worst ms");
    try (FleetPass pass = new FleetPass(rules(MANY))) {
      fill(pass, false);
      pass.busy(4 * MANY);
      pass.pass();
      double rest = passes(report, pass, "at rest", rounds);
      report.verdict("worst pass at rest, ms", rest, "<=", 200);
      pass.busy(4 * MANY + 80);
      double more = passes(report, pass, "20 more wanted, then launching", 1);
      report.verdict("a pass that launches 20, ms", more, "<=", 200);
    }
    try (FleetPass pass = new FleetPass(rules(MANY))) {
      fill(pass, true);
      pass.busy(0);
      double end = passes(report, pass, "all 1,000 drained end at once", 1);
      report.verdict("a pass in which 1,000 end, ms", end, "<=", 200);
    }
    try (FleetPass pass = new FleetPass(rules(MANY))) {
      fill(pass, false);
      pass.busy(0);
      double fall = passes(report, pass, "999 are drained, end and are gone, from ready on", FALL);
      report.verdict("worst pass of 1,000 hosts' fall, ms", fall, "<=", 200);
      if (pass.living() != 1) {
        throw new IllegalStateException(pass.living() + " hosts are left (expected: 1)");
      }
    }
    try (FleetPass pass = new FleetPass(rules(MANY, MANY))) {
      pass.busy(4 * MANY);
      double launch = passes(report, pass, "1,000 are launched at once, from none on", 1);
      report.verdict("a pass that launches 1,000, ms", launch, "<=", 200);
      if (pass.living() != MANY) {
        throw new IllegalStateException(pass.living() + " hosts (expected: " + MANY + ")");
      }
    }
    report.finish();
  }

  private static double passes(Report report, FleetPass pass, String what, int rounds) {
    double sum = 0;
    double worst = 0;
    for (int i = 0; i < rounds; i++) {
      double ms = pass.pass();
      sum += ms;
      worst = Math.max(worst, ms);
    }
    report.row(what, rounds, sum / rounds, worst);
    return worst;
  }

  private static void fill(FleetPass pass, boolean draining) {
    FleetView view = view(MANY, 0, draining);
    Map<HostId, HostUse> uses = view.pool().orElseThrow();
    view.hosts().forEach(host -> pass.add(host, Objects.requireNonNull(uses.get(host.id()))));
  }

  private static double measure(Report report, int hosts, String what, FleetView view, int rounds) {
    FleetPlanner planner = planner(hosts);
    int actions = planner.plan(view, Memory.NONE).actions().size();
    for (int i = 0; i < rounds; i++) {
      planner.plan(view, Memory.NONE);
    }
    long worst = 0;
    long begun = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      long one = System.nanoTime();
      FleetPlan plan = planner.plan(view, Memory.NONE);
      worst = Math.max(worst, System.nanoTime() - one);
      if (plan.actions().size() != actions) {
        throw new IllegalStateException("another plan of the same view");
      }
    }
    report.row(hosts, what, actions, (System.nanoTime() - begun) / NANOS / rounds, worst / NANOS);
    return worst / NANOS;
  }

  private static FleetPlanner planner(int hosts) {
    AtomicInteger names = new AtomicInteger();
    return new FleetPlanner(rules(hosts), () -> new HostId("new" + names.incrementAndGet()));
  }

  private static FleetRules rules(int hosts) {
    return rules(hosts, 20);
  }

  private static FleetRules rules(int hosts, int launchesAtOnce) {
    return new FleetRules(
        Scaling.AUTO,
        1,
        2 * hosts,
        4,
        List.of(new CapacityRule.Linear(1)),
        Duration.ZERO,
        launchesAtOnce,
        new FleetRules.Times(
            Duration.ofMinutes(10),
            Duration.ofHours(12),
            Duration.ofMinutes(1),
            Duration.ofMillis(1)));
  }

  private static FleetView view(int count, int busy, boolean draining) {
    List<Host> hosts = new ArrayList<>();
    List<Listed> listed = new ArrayList<>();
    Map<HostId, HostUse> uses = new HashMap<>();
    for (int i = 0; i < count; i++) {
      HostId id = new HostId("h" + i);
      Instant since = NOW.minusSeconds(600 + i);
      HostState state = draining
          ? new HostState.Draining(since, "surplus", Who.LOOP)
          : new HostState.Ready(since, "its server answers");
      hosts.add(Host.born(id, "i-" + i, "http://i-" + i, state));
      listed.add(new Listed("i-" + i, id.value(), "http://i-" + i, Condition.SOUND));
      uses.put(id, new HostUse(draining, draining ? 0 : 4, null));
    }
    return new FleetView(
        new Outlook(NOW, Optional.of(new Load(busy, 0)), List.of()),
        hosts,
        new Listing.Complete(listed),
        Optional.of(uses),
        Set.of());
  }
}
