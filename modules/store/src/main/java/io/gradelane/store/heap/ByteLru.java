package io.gradelane.store.heap;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map that never weighs more than its limit: it forgets what was used longest ago, and what was not used for its time
 * to live. Thread-safe.
 *
 * <p>Used from several event loops, hence the lock; it is held for a few map operations, never during I/O.
 */
final class ByteLru<K, V> {

  private record Held<V>(V value, long bytes, Instant lastUse) {}

  private final LinkedHashMap<K, Held<V>> byUse = new LinkedHashMap<>(16, 0.75f, true);
  private final long maxBytes;
  private final Duration ttl;
  private final InstantSource clock;
  private final Consumer<K> forgotten;
  private long bytes;

  /** @param forgotten told, under the lock, of each key that had to go; not of those that were removed */
  ByteLru(long maxBytes, Duration ttl, InstantSource clock, Consumer<K> forgotten) {
    this.maxBytes = maxBytes;
    this.ttl = ttl;
    this.clock = clock;
    this.forgotten = forgotten;
  }

  /** Whether it was taken; what is heavier than the limit is not, and replaces nothing. */
  synchronized boolean put(K key, V value, long weight) {
    return put(key, value, weight, clock.instant());
  }

  /** As {@link #put(Object, Object, long)}, for what was last used at {@code lastUse}; oldest ones first. */
  synchronized boolean put(K key, V value, long weight, Instant lastUse) {
    if (weight > maxBytes) {
      return false;
    }
    remove(key);
    forgetOldest(maxBytes - weight);
    byUse.put(key, new Held<>(value, weight, lastUse));
    bytes += weight;
    return true;
  }

  /** Null if it is not here. Counts as a use. */
  synchronized @Nullable V get(K key) {
    Held<V> held = byUse.get(key);
    if (held == null) {
      return null;
    }
    Instant now = clock.instant();
    if (expired(held, now)) {
      remove(key);
      forgotten.accept(key);
      return null;
    }
    byUse.put(key, new Held<>(held.value, held.bytes, now));
    return held.value;
  }

  synchronized void remove(K key) {
    Held<V> held = byUse.remove(key);
    if (held != null) {
      bytes -= held.bytes;
    }
  }

  synchronized void forgetExpired() {
    Instant now = clock.instant();
    Iterator<Map.Entry<K, Held<V>>> oldest = byUse.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<K, Held<V>> entry = oldest.next();
      if (!expired(entry.getValue(), now)) {
        return;
      }
      forget(oldest, entry);
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  synchronized int size() {
    return byUse.size();
  }

  private void forgetOldest(long downTo) {
    Iterator<Map.Entry<K, Held<V>>> oldest = byUse.entrySet().iterator();
    while (bytes > downTo) {
      forget(oldest, oldest.next());
    }
  }

  private void forget(Iterator<Map.Entry<K, Held<V>>> at, Map.Entry<K, Held<V>> entry) {
    K key = entry.getKey();
    bytes -= entry.getValue().bytes;
    at.remove();
    forgotten.accept(key);
  }

  private boolean expired(Held<V> held, Instant now) {
    return Duration.between(held.lastUse, now).compareTo(ttl) > 0;
  }
}
