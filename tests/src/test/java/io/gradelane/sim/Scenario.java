package io.gradelane.sim;

import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.TenantLimits;
import io.gradelane.core.lane.LaneSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What there is in one simulated pool, drawn from the seed.
 *
 * @param edge the corner that this seed looks into
 * @param load mean demand for slots over slots; above 1 the queues grow
 * @param exact whether every run takes what it was estimated at
 * @param faults whether servers fail and operators change things
 */
record Scenario(
    Edge edge,
    List<LaneSpec> lanes,
    int reserveFloor,
    List<SimServer> servers,
    List<TenantLimits> tenants,
    int users,
    double load,
    boolean exact,
    boolean faults) {

  enum Edge {
    ORDINARY,
    ONE_SERVER_TWO_SLOTS,
    ONE_SLOT,
    ONLY_BULK,
    ONLY_LIVE,
    ONE_TENANT,
    FAIR_SHARES,
    CROWDED
  }

  static final List<String> LANGUAGES = List.of("python3", "java", "c");

  static Scenario of(long seed, SplittableRandom random) {
    Edge edge = Edge.values()[(int) Math.floorMod(seed, (long) Edge.values().length)];
    boolean fair = edge == Edge.FAIR_SHARES;
    int tenants = edge == Edge.ONE_TENANT ? 1 : random.nextInt(2, 6);
    return new Scenario(
        edge,
        lanes(edge, random),
        random.nextInt(0, 3),
        servers(edge, random),
        tenants(tenants, !fair && random.nextInt(3) == 0, random),
        random.nextInt(1, 5),
        fair || edge == Edge.CROWDED ? 3 : random.nextDouble(0.3, 2),
        random.nextInt(fair ? 2 : 3) == 0,
        !fair);
  }

  PoolRules rules() {
    return new PoolRules(lanes, reserveFloor, 0.1);
  }

  boolean has(Edge which) {
    return edge == which;
  }

  private static List<LaneSpec> lanes(Edge edge, SplittableRandom random) {
    List<LaneSpec> lanes = new ArrayList<>();
    if (edge == Edge.FAIR_SHARES) {
      lanes.add(new LaneSpec("only", true, 1, 0, 1000, Duration.ofHours(9), 100_000, false));
      return lanes;
    }
    if (edge != Edge.ONLY_BULK) {
      lanes.add(lane("exam", true, 40, random));
      lanes.add(lane("interactive", true, 30, random));
    }
    if (edge != Edge.ONLY_LIVE) {
      lanes.add(lane("bulk", false, 10, random));
      lanes.add(lane("night", false, 5, random));
    }
    return lanes;
  }

  static LaneSpec lane(String name, boolean live, int priority, SplittableRandom random) {
    int min = random.nextInt(3) == 0 ? 1 : 0;
    int cap = random.nextInt(3) == 0 ? random.nextInt(2, 12) : LaneSpec.UNLIMITED;
    Duration patience = live
        ? Duration.ofSeconds(random.nextInt(5, 120))
        : Duration.ofSeconds(random.nextInt(60, 3600));
    int queued = random.nextInt(3) == 0 ? random.nextInt(0, 40) : 2000;
    return new LaneSpec(name, live, priority, min, cap, patience, queued, false);
  }

  private static List<SimServer> servers(Edge edge, SplittableRandom random) {
    int count = switch (edge) {
      case ONE_SERVER_TWO_SLOTS, ONE_SLOT -> 1;
      default -> random.nextInt(1, 8);
    };
    List<SimServer> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int slots = switch (edge) {
        case ONE_SERVER_TWO_SLOTS -> 2;
        case ONE_SLOT -> 1;
        default -> random.nextInt(1, 13);
      };
      servers.add(new SimServer(i, slots, 1 + random.nextInt(slots), speaks(i, edge, random)));
    }
    return servers;
  }

  private static Set<String> speaks(int number, Edge edge, SplittableRandom random) {
    if (edge == Edge.FAIR_SHARES || number == 0) {
      return Set.copyOf(LANGUAGES);
    }
    return switch (random.nextInt(4)) {
      case 0 -> Set.of("python3");
      case 1 -> Set.of("python3", "java");
      default -> Set.copyOf(LANGUAGES);
    };
  }

  private static List<TenantLimits> tenants(int count, boolean limited, SplittableRandom random) {
    List<TenantLimits> tenants = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tenants.add(limits(i, limited && random.nextBoolean(), random));
    }
    return tenants;
  }

  static TenantLimits limits(int number, boolean limited, SplittableRandom random) {
    return limited
        ? new TenantLimits(
            "t" + number, random.nextInt(1, 8), random.nextInt(0, 40), random.nextInt(10, 300))
        : new TenantLimits("t" + number, 100_000, 100_000, 1_000_000);
  }
}
