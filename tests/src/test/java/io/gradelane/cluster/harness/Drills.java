package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.BadServers.Evil;
import java.time.Duration;
import java.util.List;

/** All of them. */
final class Drills {

  private Drills() {}

  /** @param parted how long a partition lasts: long enough to be seen, at least 20 s */
  static List<Drill> all(Duration parted) {
    return List.of(
        new KillOwner(),
        new FreezeOwner(),
        new RollingRestart(Balancer.HAPROXY),
        new RollingRestart(Balancer.NGINX),
        new BadServers(Evil.KILLED),
        new BadServers(Evil.HANGING),
        new BadServers(Evil.GARBAGE),
        new Partition(parted),
        new BadLinks(),
        new ClockJump(),
        new KillAgain(),
        new JobsKill(),
        new JobsFreeze(),
        new JobsPostgres(),
        new JobsEverything(),
        new JobsSteer(),
        new MidtermDurable());
  }
}
