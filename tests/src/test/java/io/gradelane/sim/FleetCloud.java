package io.gradelane.sim;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.LaunchRefused;
import io.gradelane.fleet.Provider;
import io.gradelane.sim.FleetCoverage.Met;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A provider that refuses, forgets, lies about success and lists late. */
final class FleetCloud implements Provider {

  /** One machine as it really is. */
  static final class Machine {
    final String ref;
    final String token;
    final long serves;
    final long listedFrom;
    final boolean broken;
    long hiddenUntil;
    long hiddenAgainFrom;
    long endsAt = Long.MAX_VALUE;
    long listedUntil = Long.MAX_VALUE;

    Machine(String ref, String token, long serves, long listedFrom, boolean broken) {
      this.ref = ref;
      this.token = token;
      this.serves = serves;
      this.listedFrom = listedFrom;
      this.broken = broken;
    }
  }

  private final FleetScenario scenario;
  private final FleetAgenda agenda;
  private final FleetFaults faults;
  private final Map<String, Machine> machines = new LinkedHashMap<>();
  private Consumer<Machine> ending = machine -> {};
  private long emptyUntil;
  private int number;

  FleetCloud(FleetScenario scenario, FleetAgenda agenda, FleetFaults faults) {
    this.scenario = scenario;
    this.agenda = agenda;
    this.faults = faults;
  }

  /** Called when a machine ends because somebody asked for it, a moment before. */
  void onEnding(Consumer<Machine> listener) {
    ending = listener;
  }

  @Override
  public Future<Listing> list() {
    if (faults.strikes(Met.LISTING_FAILED, 2)) {
      return Future.failedFuture("RequestLimitExceeded");
    }
    if (!faults.calm() && agenda.now() < emptyUntil) {
      return Future.succeededFuture(new Listing.Complete(List.of()));
    }
    if (faults.strikes(Met.LISTING_EMPTY, 0.3)) {
      emptyUntil = agenda.now()
          + faults.random.nextLong(3 * scenario.rules().times().grace().toMillis());
    }
    List<Listed> listed = new ArrayList<>();
    for (Machine machine : machines.values()) {
      if (isListed(machine)) {
        listed.add(described(machine));
      }
    }
    return Future.succeededFuture(new Listing.Complete(listed));
  }

  private Listed described(Machine machine) {
    return new Listed(machine.ref, machine.token, address(machine), condition(machine));
  }

  private Condition condition(Machine machine) {
    if (scenario.tellsEnds() && !alive(machine)) {
      faults.met(Met.LISTED_AS_ENDED);
      return Condition.ENDED;
    }
    return machine.broken ? Condition.BROKEN : Condition.SOUND;
  }

  private boolean isListed(Machine machine) {
    long now = agenda.now();
    if (now < machine.listedFrom) {
      faults.met(Met.LISTED_LATE);
      return false;
    }
    if (alive(machine)) {
      if (now >= machine.hiddenAgainFrom && faults.strikes(Met.HIDDEN_FOR_A_WHILE, 0.2)) {
        machine.hiddenUntil = now + scenario.rules().times().grace().toMillis() / 2;
        machine.hiddenAgainFrom = now + 10 * scenario.rules().times().grace().toMillis();
      }
      return now >= machine.hiddenUntil;
    }
    if (now < machine.listedUntil) {
      faults.met(Met.LISTED_WHEN_DEAD);
      return true;
    }
    return false;
  }

  @Override
  public Future<Listed> launch(HostId token) {
    if (faults.strikes(Met.LAUNCH_REFUSED, 1)) {
      return Future.failedFuture(new LaunchRefused("InsufficientInstanceCapacity"));
    }
    if (faults.strikes(Met.LAUNCH_FAILED_BEFORE, 1)) {
      return Future.failedFuture("connection reset");
    }
    Machine machine = bearing(token.value());
    if (machine == null) {
      machine = start(token.value());
    } else {
      faults.met(Met.LAUNCH_REPEATED);
    }
    return faults.strikes(Met.LAUNCH_FAILED_AFTER, 2)
        ? Future.failedFuture("connection reset")
        : Future.succeededFuture(described(machine));
  }

  private Machine start(String token) {
    long boot = 1000L * faults.random.nextInt(1, 2 * scenario.bootSeconds());
    if (faults.strikes(Met.LAUNCH_SLOW, 1)) {
      boot += scenario.rules().times().launch().toMillis();
    }
    boolean broken = faults.strikes(Met.LAUNCH_BROKEN, 1);
    long listed = faults.calm() ? 0 : 1000L * faults.random.nextInt(40);
    Machine machine =
        new Machine("i-" + ++number, token, agenda.now() + boot, agenda.now() + listed, broken);
    machine.hiddenAgainFrom =
        machine.listedFrom + scenario.rules().times().grace().toMillis();
    machines.put(machine.ref, machine);
    faults.tell("machine " + machine.ref + " of " + token + " starts");
    return machine;
  }

  @Override
  public Future<Void> terminate(Host host) {
    if (faults.strikes(Met.TERMINATE_FAILED, 2)) {
      return Future.failedFuture("RequestLimitExceeded");
    }
    Machine machine = machines.get(host.ref());
    if (machine == null || !alive(machine) || faults.strikes(Met.TERMINATE_FORGOTTEN, 2)) {
      return Future.succeededFuture();
    }
    ending.accept(machine);
    end(machine);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** Ends a machine, asked or not; listings tell it later. */
  void end(Machine machine) {
    machine.endsAt = agenda.now();
    machine.listedUntil = agenda.now() + (faults.calm() ? 0 : 1000L * faults.random.nextInt(60));
    faults.tell("machine " + machine.ref + " of " + machine.token + " ends");
  }

  /** One that bears the cluster's tag, and that nobody here has asked for. */
  void stranger() {
    start("stranger-" + number);
  }

  List<Machine> living() {
    return machines.values().stream().filter(this::alive).toList();
  }

  boolean alive(Machine machine) {
    return agenda.now() < machine.endsAt;
  }

  boolean serves(@Nullable Machine machine) {
    return machine != null && alive(machine) && !machine.broken && agenda.now() >= machine.serves;
  }

  @Nullable
  Machine machine(String ref) {
    return machines.get(ref);
  }

  private @Nullable Machine bearing(String token) {
    for (Machine machine : machines.values()) {
      if (machine.token.equals(token) && alive(machine)) {
        return machine;
      }
    }
    return null;
  }

  private static String address(Machine machine) {
    return "http://" + machine.ref;
  }
}
