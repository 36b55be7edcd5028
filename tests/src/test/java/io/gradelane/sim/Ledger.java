package io.gradelane.sim;

import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.TenantLimits;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The books: who waits, who runs where, counted from events and decisions alone. Says nothing about rules. */
final class Ledger {

  private static final long MILLI = 1_000_000L;

  record Quarantine(long until, SimRun.Permit permit) {}

  record Deadline(long at, SimRun run, int attempt) {}

  final Scenario scenario;
  final List<SimServer> servers;
  final SimLane probes;
  final List<SimLane> lanes = new ArrayList<>();
  final TenantLimits[] limits;
  final int[] tenantWaiting;
  final int[] tenantInFlight;

  /** When each tenant asked for a run that was counted for certain, and for any run. */
  final List<Deque<Long>> counted = new ArrayList<>();

  final List<Deque<Long>> asked = new ArrayList<>();
  final Map<RunId, SimRun> active = new HashMap<>();
  final Set<PermitId> everGranted = new HashSet<>();
  final PriorityQueue<Quarantine> quarantine =
      new PriorityQueue<>(Comparator.comparingLong(Quarantine::until));
  final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparingLong(Deadline::at));
  final Demand demand = new Demand();

  long bulkSince;
  long wants;
  long repeatedWants;
  long staleDones;
  long grants;

  final Budgets budgets = new Budgets();

  /** The most slots that the pool ever had. */
  int mostSlots;

  int reserveFloor;

  Ledger(Scenario scenario) {
    this.scenario = scenario;
    this.servers = scenario.servers();
    this.reserveFloor = scenario.reserveFloor();
    int tenants = scenario.tenants().size();
    scenario.lanes().forEach(spec -> lanes.add(new SimLane(spec, tenants, false)));
    this.probes = new SimLane(
        new LaneSpec(
            Want.PROBE_LANE,
            true,
            Integer.MAX_VALUE,
            0,
            LaneSpec.UNLIMITED,
            Duration.ofDays(1),
            Integer.MAX_VALUE,
            false),
        tenants,
        true);
    this.limits = scenario.tenants().toArray(TenantLimits[]::new);
    this.tenantWaiting = new int[tenants];
    this.tenantInFlight = new int[tenants];
    scenario.tenants().forEach(tenant -> {
      counted.add(new ArrayDeque<>());
      asked.add(new ArrayDeque<>());
    });
  }

  void waits(SimRun run, long now) {
    if (run.lane.bulk() && bulkWaiting() == 0) {
      bulkSince = now;
    }
    wants++;
    run.state = SimRun.State.WAITING;
    active.put(run.id, run);
    count(run, 1);
    run.deadline = patienceEnds(run);
    deadlines.add(new Deadline(run.deadline, run, run.want().attempt()));
    demand.touches(liveDemand());
  }

  /** It leaves without a grant. */
  void leaves(SimRun run, long now) {
    if (run.want().quiet()) {
      budgets.quiet(-run.want().costMillis());
    }
    count(run, -1);
    run.state = SimRun.State.ENDED;
    active.remove(run.id);
    demand.touches(liveDemand());
  }

  SimRun.Permit starts(SimRun run, PermitId id, SimServer server, long now) {
    count(run, -1);
    run.state = SimRun.State.RUNNING;
    run.lane.inUse++;
    demand.touches(liveDemand());
    tenantInFlight[run.tenant] += run.lane.probes ? 0 : 1;
    SimRun.Permit permit = new SimRun.Permit(run, id, server, now);
    run.permit = permit;
    server.add(permit);
    grants++;
    budgets.granted();
    if (run.lane.bulk()) {
      bulkSince = now;
    }
    run.lane.fair.charge(run.tenant, run.want().costMillis());
    return permit;
  }

  /** The permit is nobody's any more. */
  void ends(SimRun.Permit permit, int millis) {
    SimRun run = permit.run;
    run.permit = null;
    run.state = SimRun.State.ENDED;
    active.remove(run.id);
    tenantInFlight[run.tenant] -= run.lane.probes ? 0 : 1;
    budgets.used(millis);
    if (permit.quiet) {
      budgets.quiet((long) millis - run.want().costMillis());
    }
    permit.lane.fair.charge(run.tenant, (long) millis - run.want().costMillis());
  }

  void frees(SimRun.Permit permit, long now) {
    permit.server.noteAbove();
    permit.server.permits.remove(permit);
    permit.lane.inUse--;
    demand.touches(liveDemand());
  }

  /** Its slot stays taken until the deadline of its want. */
  void quarantines(SimRun.Permit permit, long deadlineMillis, long now) {
    long until = permit.grantedAt + deadlineMillis * MILLI;
    if (until <= now) {
      frees(permit, now);
    } else {
      quarantine.add(new Quarantine(until, permit));
    }
  }

  void release(long now) {
    while (!quarantine.isEmpty() && quarantine.peek().until <= now) {
      frees(quarantine.remove().permit, now);
    }
  }

  void patienceChanged(SimLane lane) {
    for (SimRun run : active.values()) {
      if (run.lane == lane && run.state == SimRun.State.WAITING) {
        run.deadline = patienceEnds(run);
        deadlines.add(new Deadline(run.deadline, run, run.want().attempt()));
      }
    }
  }

  /** Runs busy or waiting in live lanes. */
  int liveDemand() {
    int count = 0;
    for (SimLane lane : lanes) {
      if (lane.live()) {
        count += lane.inUse;
      }
    }
    return count;
  }

  int bulkWaiting() {
    return lanes.stream().filter(SimLane::bulk).mapToInt(lane -> lane.waiting).sum();
  }

  /** How many of {@code times} are younger than {@code age} nanoseconds; forgets the others. */
  static int since(Deque<Long> times, long now, long age) {
    while (!times.isEmpty() && times.getFirst() <= now - age) {
      times.removeFirst();
    }
    return times.size();
  }

  SimServer server(String id) {
    return servers.get(Integer.parseInt(id.substring(1)));
  }

  private void count(SimRun run, int change) {
    run.lane.waiting += change;
    tenantWaiting[run.tenant] += run.lane.probes ? 0 : change;
    if (!run.special()) {
      run.lane.plain[run.tenant][run.language] += change;
    } else if (change > 0) {
      run.lane.special.add(run);
    } else {
      run.lane.special.remove(run);
    }
  }

  private static long patienceEnds(SimRun run) {
    Want want = run.want();
    long since = run.came;
    long patience = Math.min(want.patienceMillis(), run.lane.spec.patience().toMillis());
    return patience > 1_000_000_000L ? Long.MAX_VALUE : since + patience * MILLI;
  }
}
