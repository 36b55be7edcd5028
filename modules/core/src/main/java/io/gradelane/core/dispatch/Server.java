package io.gradelane.core.dispatch;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One server's slots: who has them, and how many there are just now. */
final class Server {

  private static final double LOWERING = 0.7;

  final String id;
  int index;
  ServerView view;

  /** False once it has been removed; its permits may still be out. */
  boolean known = true;

  /** Permits out, the quarantined ones included. */
  int inUse;

  /** Those of {@link #inUse} that belong to lanes which are not live. */
  int bulkInUse;

  /** Those of {@link #inUse} that are quiet. */
  int quiet;

  /** Those of {@link #inUse} that are probe runs'. */
  private int probes;

  /** The run for which it is being emptied to its cores; written by {@link Servers}. */
  @Nullable
  Ask heldFor;

  long lastGrant;

  /** AIMD: between 1 and slots. */
  private double learned;

  private long lastLowered = -1;
  private long lastAbove = -1;

  Server(ServerView view, int index) {
    this.id = view.id();
    this.view = view;
    this.index = index;
    this.learned = view.slots();
  }

  /** Most permits now, from 1: slots, less what was learned and what warming holds back. */
  int limit() {
    int warm = (int) (view.slots() * view.share() + 1e-9);
    return Math.max(1, Math.min(warm, (int) learned));
  }

  /** {@link #limit()}, or no more than its cores while quiet is asked for. */
  int ceiling() {
    return quiet > 0 || heldFor != null ? Math.min(limit(), view.cores()) : limit();
  }

  boolean grantable() {
    return known && view.grantable();
  }

  boolean hasRoom() {
    return inUse < ceiling();
  }

  /** Whether a quiet run could start there at once. */
  boolean calm() {
    return inUse < Math.min(limit(), view.cores());
  }

  /** How full it would be with one more, relative to its weight. */
  double load() {
    return (inUse + 1) / (limit() * view.weight());
  }

  /** What is known of it has changed; {@code event} is the number of the change. */
  void update(ServerView next, long event) {
    noteAbove(event);
    boolean full = learned >= view.slots();
    learned = full ? next.slots() : Math.min(learned, next.slots());
    view = next;
    known = true;
    noteAbove(event);
  }

  void removed() {
    known = false;
    view = new ServerView(
        id, view.slots(), view.cores(), view.weight(), view.share(), false, Set.of());
  }

  void take(Ask ask, long event) {
    inUse++;
    if (ask.lane.bulk()) {
      bulkInUse++;
    }
    if (ask.want.quiet()) {
      quiet++;
    }
    if (ask.lane.probes) {
      probes++;
    }
    lastGrant = event;
  }

  void free(Ask ask, long event) {
    noteAbove(event);
    inUse--;
    if (ask.lane.bulk()) {
      bulkInUse--;
    }
    if (ask.want.quiet()) {
      quiet--;
    }
    if (ask.lane.probes) {
      probes--;
    }
  }

  /** Whether there were more permits than cores at any moment since {@code event}. */
  boolean aboveCoresSince(long event) {
    return inUse > view.cores() || lastAbove > event;
  }

  /**
   * It said that it had no room. Lowered once for all runs that were under way together: only by a permit that was
   * granted after the last time.
   */
  boolean lower(long grantedEvent, long event) {
    if (grantedEvent < lastLowered) {
      return false;
    }
    learned = Math.max(1, Math.min(learned, inUse + 1) * LOWERING);
    lastLowered = event;
    return true;
  }

  /** It ran something: a full round of successes raises the limit by one. True if that changed {@link #limit}. */
  boolean raise() {
    if (learned >= view.slots()) {
      return false;
    }
    int before = limit();
    learned = Math.min(view.slots(), learned + 1 / learned);
    return limit() != before;
  }

  PoolView.ServerUse use() {
    return new PoolView.ServerUse(
        id,
        view.slots(),
        view.cores(),
        inUse,
        limit(),
        quiet,
        heldFor != null,
        !grantable(),
        probes);
  }

  private void noteAbove(long event) {
    if (inUse > view.cores()) {
      lastAbove = event;
    }
  }
}
