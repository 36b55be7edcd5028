package io.gradelane.sim;

import static io.gradelane.sim.FleetBooks.require;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.ScaleDecision;
import io.gradelane.sim.FleetCoverage.Met;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** One simulated fleet from its first pass through a storm into the calm, checked on the way and at the end. */
final class FleetWorld {

  static {
    // Thousands of faults, each of them worth a line on a real node; the story tells them here.
    ((Logger) LoggerFactory.getLogger("io.gradelane.fleet")).setLevel(Level.OFF);
  }

  private static final long LEASE = 20_000;
  private static final long WARM_UP = 1_200_000;

  final FleetScenario scenario;
  final FleetAgenda agenda = new FleetAgenda();
  final FleetFaults faults;
  final FleetCloud cloud;
  final FleetTraffic traffic;
  final FleetBooks books;
  private final List<FleetNode> nodes = new ArrayList<>();
  private int names;
  private String holder = "";
  private long leaseEnds;
  private long fence;

  private FleetWorld(long seed, @Nullable Consumer<String> story) {
    SplittableRandom random = new SplittableRandom(seed);
    scenario = FleetScenario.of(seed, random);
    faults = new FleetFaults(agenda, random, scenario.faults(), story);
    faults.tell(scenario.toString());
    cloud = new FleetCloud(scenario, agenda, faults);
    traffic = new FleetTraffic(scenario, agenda, faults, cloud);
    books = new FleetBooks(scenario, faults, cloud, traffic);
    cloud.onEnding(this::ending);
    for (int i = 1; i <= scenario.nodes(); i++) {
      nodes.add(new FleetNode("node" + i, this));
    }
    agenda.in(5000, this::mischief);
  }

  /** @throws Violation with the seed and how to see all that happened */
  static FleetCoverage run(long seed, @Nullable Consumer<String> story) {
    FleetWorld world = new FleetWorld(seed, story);
    try {
      return world.run();
    } catch (Violation violation) {
      throw new Violation("fleet seed " + seed + " after " + world.agenda.now() / 1000 + " s: "
          + violation.getMessage() + "\n  replay: bin/gradelane sim fleet " + seed);
    }
  }

  private FleetCoverage run() {
    faults.met(Met.SEEDS);
    if (!scenario.exams().isEmpty()) {
      faults.met(Met.EXAM);
    }
    long storm = 1000L * scenario.stormSeconds();
    if (scenario.steady()) {
      beSteady(storm);
    } else {
      agenda.runUntil(storm);
    }
    faults.calmDown();
    nodes.forEach(FleetNode::mend);
    traffic.hold();
    agenda.runUntil(storm + calmMillis());
    atTheEnd();
    return faults.coverage;
  }

  /**
   * With a load that only wavers, a host is launched only when more are wanted than anybody has wanted within the hold: so
   * no more launches than that has grown by, and by what was wanting when the counting began.
   *
   * <p>Proof. Let S be the hosts that are launching or ready, T the target, and D = max(0, T - S) what is wanting. A pass
   * launches at most D. S falls only where it is above T, by draining, and then not below T: nothing fails here. So D grows
   * only when T does, by no more; each launch lowers it by one; and it is never below zero. Hence the launches since any
   * moment are at most the rises of T since then, and D at that moment. D is not zero there when a launch had to wait for
   * room: the most counts hosts that are still ending, and a pass launches no more than {@code launchesAtOnce}.
   */
  private void beSteady(long storm) {
    faults.met(Met.STEADY);
    agenda.runUntil(WARM_UP);
    int wanting = books.wanting();
    books.countAnew();
    agenda.runUntil(storm);
    int most = books.rises() + wanting;
    require(books.launches() <= most, "flapping", books.launches(), most);
  }

  /** Long enough for everything that waits for a time to have waited. */
  private long calmMillis() {
    FleetRules rules = scenario.rules();
    FleetRules.Times times = rules.times();
    return times.launch().toMillis()
        + times.unhealthy().toMillis()
        + times.down().toMillis()
        + 3 * times.grace().toMillis()
        + 2 * rules.hold().toMillis()
        + 2_000L * scenario.bootSeconds()
        + 10_000L * rules.max() / rules.launchesAtOnce()
        + 720_000;
  }

  private void atTheEnd() {
    List<Host> hosts = books.living();
    ScaleDecision last = books
        .samples(agenda.instant().minusSeconds(60), 1_000)
        .result()
        .getLast()
        .decision();
    require(hosts.size() == last.target(), "hosts at the end", hosts, last);
    for (Host host : hosts) {
      require(host.state() instanceof Ready, "not ready at the end", host, last.target());
    }
    Set<String> refs = hosts.stream().map(Host::ref).collect(Collectors.toSet());
    Set<String> real =
        cloud.living().stream().map(machine -> machine.ref).collect(Collectors.toSet());
    require(real.equals(refs), "orphans or ghosts", real, refs);
    require(traffic.size() == hosts.size(), "servers in the pool", traffic.size(), hosts.size());
    require(traffic.open() == hosts.size(), "open servers", traffic.open(), hosts.size());
    require(last.raw() == last.held(), "still held", last.held(), last.raw());
  }

  /** A machine that is about to be ended because somebody asked the provider for it. */
  private void ending(FleetCloud.Machine machine) {
    int inUse = traffic.inUse(machine.ref);
    boolean late = books.living().stream()
        .filter(host -> host.ref().equals(machine.ref))
        .anyMatch(host -> host.state().reason().startsWith("unhealthy for"));
    require(late || inUse == 0, "ended while busy", inUse, machine.ref);
  }

  /** What happens without anybody's wish, and what operators do. */
  private void mischief() {
    if (faults.calm()) {
      return;
    }
    agenda.in(5000, this::mischief);
    List<FleetCloud.Machine> living = cloud.living();
    if (!living.isEmpty() && faults.strikes(Met.KILLED, 0.5)) {
      cloud.end(living.get(faults.random.nextInt(living.size())));
    }
    if (faults.strikes(Met.STRANGER, 0.1)) {
      cloud.stranger();
    }
    List<Host> ready =
        books.living().stream().filter(host -> host.state() instanceof Ready).toList();
    if (!ready.isEmpty() && faults.strikes(Met.OPERATOR_DRAINED, 0.1)) {
      Host host = ready.get(faults.random.nextInt(ready.size()));
      amend(host, ((Ready) host.state()).drain("by hand", agenda.instant()));
    } else if (!ready.isEmpty() && faults.strikes(Met.OPERATOR_CONDEMNED, 0.1)) {
      Host host = ready.get(faults.random.nextInt(ready.size()));
      amend(host, ((Ready) host.state()).condemned("by hand", agenda.instant()));
    }
  }

  private void amend(Host host, HostState next) {
    require(books.amend(host, host.to(next)).result(), "amended in vain", host, next);
  }

  HostId nextName() {
    return new HostId("h" + ++names);
  }

  OptionalLong hold(String identity) {
    boolean expired = agenda.now() >= leaseEnds;
    if (!holder.equals(identity)) {
      if (!expired) {
        return OptionalLong.empty();
      }
      takeOver(identity);
    } else if (expired) {
      fence++;
    }
    leaseEnds = agenda.now() + LEASE;
    return OptionalLong.of(fence);
  }

  private void takeOver(String identity) {
    faults.met(Met.TAKEN_OVER);
    boolean other =
        nodes.stream().anyMatch(node -> node.identity().equals(holder) && node.passing());
    if (other) {
      faults.met(Met.TWO_LEADERS);
    }
    faults.tell(identity + " leads");
    holder = identity;
    fence++;
  }
}
