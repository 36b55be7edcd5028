package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One node's copy of the server map. Thread-safe; what {@link #all} gives out never changes. */
final class ServerTable {

  /** Written under the lock, always a new map. */
  private volatile Map<String, ServerEntry> entries = Map.of();

  /** What was removed here before its last changes were heard of: the version that is gone. */
  private final Map<String, Long> removed = new HashMap<>();

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
   * Takes over what was read from the map, if nothing has changed here since the reading began.
   *
   * @param begun {@link #changes} then
   */
  synchronized boolean adopt(Map<String, ServerEntry> read, long begun) {
    if (changes != begun) {
      return false;
    }
    removed.clear();
    entries = Collections.unmodifiableMap(new TreeMap<>(read));
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
