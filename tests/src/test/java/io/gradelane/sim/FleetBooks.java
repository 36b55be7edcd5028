package io.gradelane.sim;

import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Terminated;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Unhealthy;
import io.gradelane.core.fleet.Move;
import io.gradelane.sim.FleetCoverage.Met;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.HostWrite;
import io.gradelane.store.fleet.StaleFence;
import io.gradelane.store.heap.HeapFleetTable;
import io.vertx.core.Future;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The table, with every write checked before it is let through. */
final class FleetBooks implements FleetTable {

  private static final Set<String> LEGAL = legal();

  private final HeapFleetTable table = new HeapFleetTable();
  private final FleetScenario scenario;
  private final FleetFaults faults;
  private final FleetCloud cloud;
  private final FleetTraffic traffic;
  private final Deque<FleetSample> window = new ArrayDeque<>();
  private int launches;
  private int rises;
  private int held;

  FleetBooks(FleetScenario scenario, FleetFaults faults, FleetCloud cloud, FleetTraffic traffic) {
    this.scenario = scenario;
    this.faults = faults;
    this.cloud = cloud;
    this.traffic = traffic;
  }

  @Override
  public Future<List<Host>> read(long fence) {
    return met(table.read(fence));
  }

  @Override
  public Future<Set<HostId>> write(long fence, List<HostWrite> rows) {
    return met(table.write(fence, rows)).onSuccess(written -> {
      if (written.size() > 1) {
        faults.met(Met.GROUPED);
      }
      rows.forEach(row -> written(written.contains(row.id()), row.before(), row.after()));
    });
  }

  @Override
  public Future<Boolean> amend(@Nullable Host before, Host after) {
    return table.amend(before, after).onSuccess(done -> written(done, before, after));
  }

  @Override
  public Future<List<Host>> hosts() {
    return table.hosts();
  }

  @Override
  public Future<Void> record(long fence, FleetSample sample) {
    faults.met(Met.PASSES);
    faults.tell(sample.why());
    hold(sample);
    return met(table.record(fence, sample));
  }

  @Override
  public Future<List<FleetSample>> samples(Instant from, int most) {
    return table.samples(from, most);
  }

  @Override
  public Future<Optional<FleetSample>> latest() {
    return table.latest();
  }

  @Override
  public Future<Void> forget(Instant before) {
    return table.forget(before);
  }

  List<Host> living() {
    return table.hosts().result().stream().filter(Host::living).toList();
  }

  /** Whether a launch under this token is still wanted. */
  boolean wants(String token) {
    return living().stream().anyMatch(host -> host.id().value().equals(token));
  }

  int launches() {
    return launches;
  }

  /** By how many hosts the greatest wish within the hold has grown, all growths added up. */
  int rises() {
    return rises;
  }

  /** How many more hosts were wanted by the last pass than are launching or ready. */
  int wanting() {
    long there = living().stream()
        .filter(host -> host.state() instanceof Launching || host.state() instanceof Ready)
        .count();
    return (int) Math.max(0, held - there);
  }

  /** Counts launches and rises anew. */
  void countAnew() {
    launches = 0;
    rises = 0;
  }

  private void hold(FleetSample sample) {
    FleetRules rules = scenario.rules();
    Instant oldest = sample.decision().at().minus(rules.hold());
    window.addLast(sample);
    window.removeIf(old -> old.decision().at().isBefore(oldest));
    int greatest = window.stream().mapToInt(one -> one.decision().raw()).max().orElse(0);
    int now = Math.clamp(greatest, rules.min(), rules.max());
    rises += Math.max(0, now - held);
    held = now;
  }

  private <T> Future<T> met(Future<T> answer) {
    if (answer.failed() && answer.cause() instanceof StaleFence) {
      faults.met(Met.FENCED);
    }
    return answer;
  }

  private void written(boolean done, @Nullable Host before, Host after) {
    if (!done) {
      return;
    }
    String from = before == null ? "nothing" : before.state().word();
    String to = after.state().word();
    if (from.equals(to)) {
      return;
    }
    faults.tell(after.id() + ": " + from + " > " + to + ": " + after.state().reason());
    require(LEGAL.contains(from + " " + to), "illegal move", from, to);
    switch (after.state()) {
      case Launching launching -> launched();
      case Ready ready -> faults.met(from.equals("draining") ? Met.TAKEN_BACK : Met.LAUNCHED);
      case HostState.Draining draining -> faults.met(Met.DRAINED);
      case Unhealthy unhealthy -> faults.met(Met.UNHEALTHY);
      case Terminating terminating -> terminating(from, after);
      case Terminated terminated -> terminated(from, after);
    }
  }

  private void launched() {
    launches++;
    int living = living().size();
    int max = scenario.rules().max();
    require(living <= max, "more hosts than the most", living, max);
    if (living == max) {
      faults.met(Met.AT_MAX);
    }
  }

  private void terminating(String from, Host host) {
    boolean late = host.state().reason().startsWith("unhealthy for");
    switch (from) {
      case "nothing" -> faults.met(Met.ADOPTED);
      case "launching" -> faults.met(Met.LAUNCH_EXPIRED);
      default -> faults.met(late ? Met.UNHEALTHY_EXPIRED : Met.ENDED_IDLE);
    }
    int inUse = host.ref().isEmpty() ? 0 : traffic.inUse(host.ref());
    require(late || inUse == 0, "terminated while busy", inUse, host);
  }

  private void terminated(String from, Host host) {
    if (host.state().reason().startsWith("the provider refused")) {
      return;
    }
    faults.met(Met.GONE);
    FleetCloud.Machine machine = cloud.machine(host.ref());
    boolean told = host.state().reason().endsWith("as ended");
    if (told) {
      faults.met(Met.GONE_AS_ENDED);
    }
    if (machine == null || !cloud.alive(machine)) {
      return;
    }
    require(!told, "told as ended while it lives", from, host);
    require(from.equals("terminating"), "given up while it lives", from, host);
    faults.tell(host.id() + " was given up and lives");
  }

  /** Words of two states between which there is a move. */
  private static Set<String> legal() {
    Set<String> legal = new HashSet<>();
    collect(legal, "nothing", HostState.class);
    collectBelow(legal, HostState.class);
    return legal;
  }

  private static void collectBelow(Set<String> legal, Class<?> type) {
    if (type.isRecord()) {
      collect(legal, word(type), type);
    } else {
      Arrays.stream(type.getPermittedSubclasses()).forEach(below -> collectBelow(legal, below));
    }
  }

  private static void collect(Set<String> legal, String from, Class<?> type) {
    for (Method method : type.getMethods()) {
      if (method.isAnnotationPresent(Move.class)) {
        legal.add(from + " " + word(method.getReturnType()));
      }
    }
  }

  private static String word(Class<?> state) {
    return state.getSimpleName().toLowerCase(Locale.ROOT);
  }

  static void require(boolean condition, String what, Object found, Object expected) {
    if (!condition) {
      throw new Violation(what + ": " + found + " / " + expected);
    }
  }
}
