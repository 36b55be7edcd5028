package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One node's copy of the server map. Thread-safe; what {@link #all} gives out never changes. */
final class ServerTable {

  /** Written under the lock, always a new map. */
  private volatile Map<String, ServerEntry> entries = Map.of();

  /** What was removed here before its last changes were heard of: the version that is gone. */
  private final Map<String, Long> removed = new HashMap<>();

  /** What the last regular reading lacked. */
  private Set<String> missed = Set.of();

  private long changes;

  Map<String, ServerEntry> all() {
    return entries;
  }

  /** 0 for none. */
  static long version(@Nullable ServerEntry entry) {
    return entry == null ? 0 : entry.version();
  }

  /** Replaces an entry of that version (0: none) by {@code next} (null: none), or returns false. */
  synchronized boolean swap(String id, long expected, @Nullable ServerEntry next) {
    if (version(entries.get(id)) != expected) {
      return false;
    }
    set(id, next);
    return true;
  }

  /** This node has written it. */
  synchronized void wrote(String id, long expected, @Nullable ServerEntry next) {
    if (next != null) {
      removed.remove(id);
      heard(next);
    } else if (version(entries.get(id)) <= expected) {
      removed.put(id, expected);
      set(id, null);
    }
  }

  /** Somebody has written it, some time ago: what is here may be newer. */
  synchronized boolean heard(ServerEntry entry) {
    long known = Math.max(version(entries.get(entry.id())), removed.getOrDefault(entry.id(), 0L));
    if (entry.version() <= known) {
      return false;
    }
    set(entry.id(), entry);
    return true;
  }

  /** Somebody has removed what had this version. */
  synchronized boolean heardRemoved(String id, long version) {
    removed.remove(id);
    if (!entries.containsKey(id) || version(entries.get(id)) > version) {
      return false;
    }
    set(id, null);
    return true;
  }

  /** Counts changes, for {@link #adopt}. */
  synchronized long changes() {
    return changes;
  }

  /**
   * Takes over what was read from the map, if nothing has changed here since the reading began. What a reading lacks stays
   * until the next regular one lacks it too: a member that merges into another cluster reads an empty map for a moment,
   * and a pool without servers refuses whoever waits.
   *
   * @param begun {@link #changes} then
   * @param regular whether it is one of those that come every few seconds
   */
  synchronized boolean adopt(Map<String, ServerEntry> read, long begun, boolean regular) {
    if (changes != begun) {
      return false;
    }
    Map<String, ServerEntry> next = new TreeMap<>(entries);
    next.keySet().removeAll(read.keySet());
    Set<String> lacking = Set.copyOf(next.keySet());
    if (regular) {
      next.keySet().removeAll(missed);
      missed = lacking;
    }
    next.putAll(read);
    removed.clear();
    entries = Collections.unmodifiableMap(next);
    return true;
  }

  private void set(String id, @Nullable ServerEntry next) {
    Map<String, ServerEntry> copy = new TreeMap<>(entries);
    if (next == null) {
      copy.remove(id);
    } else {
      copy.put(id, next);
    }
    changes++;
    entries = Collections.unmodifiableMap(copy);
  }
}
