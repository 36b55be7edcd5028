package io.gradelane.core.ownership;

import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.ownership.PeerMessage.Held;
import io.gradelane.core.run.RunId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The runs of one node: which wait, and which hold a permit. The node has one; the owner has a copy of each. */
final class Ledger {

  /** One run. */
  static final class Entry {

    final Want want;

    /** Who waits for the decision; empty in the owner's copy. */
    final String asker;

    private final long since;
    private @Nullable PermitId permit;
    private String server = "";
    private long grantedAt;

    /** The number of the decision that granted it; 0 if it was held before the session began. */
    private long number;

    /** Whether the node has said that its caller is gone; it will give the permit back when it hears of it. */
    private boolean cancelled;

    private Entry(Want want, String asker, long since) {
      this.want = want;
      this.asker = asker;
      this.since = since;
    }

    boolean waits() {
      return permit == null;
    }

    /** Of one that does not wait. */
    PermitId permit() {
      return Objects.requireNonNull(permit);
    }

    String server() {
      return server;
    }

    /** How long ago it was granted. */
    long agoMillis(long now) {
      return Math.max(0, (now - grantedAt) / Timing.MILLI);
    }

    Held held(long now) {
      return new Held(want, permit(), server, agoMillis(now));
    }

    Holding holding(long now) {
      return new Holding(permit(), want.lane(), server, want.deadlineMillis() - agoMillis(now));
    }

    Telling.Waits waiting(long now) {
      return new Telling.Waits(want.waited(want.waitedMillis() + (now - since) / Timing.MILLI));
    }
  }

  private final Map<RunId, Entry> runs = new HashMap<>();

  /** A run waits from now on; false if that attempt, or a later one, is known. */
  boolean wants(Want want, String asker, long now) {
    Entry known = runs.get(want.run());
    if (known != null && known.want.attempt() >= want.attempt()) {
      return false;
    }
    runs.put(want.run(), new Entry(want, asker, now));
    return true;
  }

  /** A run that waits is gone; false if it does not wait. */
  boolean leaves(RunId run) {
    Entry entry = runs.get(run);
    if (entry == null || !entry.waits()) {
      return false;
    }
    runs.remove(run);
    return true;
  }

  /** The caller of a run is gone: one that waits leaves, one that is held will be given back. */
  void cancelled(RunId run) {
    Entry entry = runs.get(run);
    if (entry != null && !leaves(run)) {
      entry.cancelled = true;
    }
  }

  /** A run that waits has its permit; null if it does not wait. */
  @Nullable
  Entry granted(RunId run, PermitId permit, String server, long number, long now) {
    Entry entry = runs.get(run);
    if (entry == null || !entry.waits()) {
      return null;
    }
    entry.permit = permit;
    entry.server = server;
    entry.number = number;
    entry.grantedAt = now;
    return entry;
  }

  /** A run that waits is decided without a permit; null if it does not wait. */
  @Nullable
  Entry decided(RunId run) {
    Entry entry = runs.get(run);
    return entry != null && leaves(run) ? entry : null;
  }

  /** A permit has ended; null if this run does not hold it. */
  @Nullable
  Entry ends(RunId run, PermitId permit) {
    Entry entry = runs.get(run);
    if (entry == null || !permit.equals(entry.permit)) {
      return null;
    }
    runs.remove(run);
    return entry;
  }

  /** The node has said that it holds this permit. */
  void holds(Held held, long now) {
    Entry entry = new Entry(held.want(), "", now);
    entry.permit = held.permit();
    entry.server = held.server();
    entry.grantedAt = now - held.agoMillis() * Timing.MILLI;
    runs.put(held.want().run(), entry);
  }

  void forEachHeld(Consumer<Entry> consumer) {
    runs.values().stream().filter(entry -> !entry.waits()).forEach(consumer);
  }

  void forEachWaiting(Consumer<Entry> consumer) {
    runs.values().stream().filter(Entry::waits).forEach(consumer);
  }

  List<Holding> holdings(long now) {
    List<Holding> holdings = new ArrayList<>();
    forEachHeld(entry -> holdings.add(entry.holding(now)));
    return holdings;
  }

  /** What it comes to in short, as far as decisions up to {@code seen} go. */
  Sum sum(long seen) {
    Sum sum = new Sum();
    for (Entry entry : runs.values()) {
      if (entry.permit != null && entry.number <= seen) {
        sum.holds(entry.permit);
      } else if (!entry.cancelled) {
        sum.waits(entry.want.run());
      }
    }
    return sum;
  }
}
