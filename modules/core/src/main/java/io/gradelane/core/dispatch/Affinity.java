package io.gradelane.core.dispatch;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a server: where the run's job was last, then where its files are, else by the pool's {@link Allocation}.
 * It never waits for any of them.
 */
final class Affinity {

  private static final int ENTRIES = 1 << 14;

  private final StickyServers jobs = new StickyServers(ENTRIES);
  private final StickyServers files = new StickyServers(ENTRIES);
  private final Allocation allocation;

  /** Its own and always the same one, so that a simulation can be repeated. */
  private final SplittableRandom random = new SplittableRandom(ENTRIES);

  Affinity(Allocation allocation) {
    this.allocation = allocation;
  }

  @Nullable
  Server choose(Ask ask, Servers servers, boolean bulk, int reserve, long now) {
    Server server = ofJob(ask, servers, bulk, reserve, now);
    if (server == null) {
      server = withFiles(ask, servers, bulk, reserve, now);
    }
    if (server != null) {
      return server;
    }
    return switch (allocation) {
      case LEAST_LOADED -> servers.leastLoaded(ask.kind, bulk, reserve);
      case RANDOM -> servers.anyByRoom(ask.kind, bulk, reserve, random);
    };
  }

  void remember(Ask ask, Server server, long now) {
    String job = ask.want.stickyKey();
    if (job != null) {
      jobs.set(StickyServers.key(job), server.index, now);
    }
    if (ask.want.fileSet() != 0) {
      files.add(StickyServers.key(ask.want.fileSet()), server.index, now);
    }
  }

  private @Nullable Server ofJob(Ask ask, Servers servers, boolean bulk, int reserve, long now) {
    String job = ask.want.stickyKey();
    return job == null
        ? null
        : taking(jobs.find(StickyServers.key(job), 0, now), ask, servers, bulk, reserve);
  }

  private @Nullable Server withFiles(
      Ask ask, Servers servers, boolean bulk, int reserve, long now) {
    if (ask.want.fileSet() == 0) {
      return null;
    }
    long key = StickyServers.key(ask.want.fileSet());
    Server best = null;
    int nth = 0;
    for (int i = files.find(key, nth, now); i >= 0; i = files.find(key, ++nth, now)) {
      Server server = taking(i, ask, servers, bulk, reserve);
      if (server != null && (best == null || server.load() < best.load())) {
        best = server;
      }
    }
    return best;
  }

  private static @Nullable Server taking(
      int index, Ask ask, Servers servers, boolean bulk, int reserve) {
    if (index < 0 || index >= servers.all().size()) {
      return null;
    }
    Server server = servers.all().get(index);
    return servers.takes(server, ask.kind, bulk, reserve) ? server : null;
  }
}
