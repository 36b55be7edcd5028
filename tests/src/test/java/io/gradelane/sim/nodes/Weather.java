package io.gradelane.sim.nodes;

import java.util.List;

/** What may happen to a cluster. The first ones are mild, so that each can be held to a strict rule. */
enum Weather {
  CALM(false, false, false, false, false),
  LOSSY(true, false, false, false, false),
  KILLS(false, true, false, false, false),
  FREEZES(false, false, true, false, false),
  LEAVES(false, false, false, true, false),
  SPLITS(false, false, false, false, true),
  STORM(true, true, true, true, true);

  final boolean badNetwork;
  final boolean kills;
  final boolean freezes;
  final boolean leaves;
  final boolean splits;

  Weather(boolean badNetwork, boolean kills, boolean freezes, boolean leaves, boolean splits) {
    this.badNetwork = badNetwork;
    this.kills = kills;
    this.freezes = freezes;
    this.leaves = leaves;
    this.splits = splits;
  }

  /** Each in turn. */
  static Weather of(long seed) {
    List<Weather> all = List.of(values());
    return all.get((int) Math.floorMod(seed, (long) all.size()));
  }

  boolean faults() {
    return kills || freezes || leaves || splits;
  }
}
