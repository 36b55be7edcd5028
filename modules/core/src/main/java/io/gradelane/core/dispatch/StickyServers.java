package io.gradelane.core.dispatch;

/**
 * Where a job or a set of files was last: a hint for 10 minutes. Bounded and without allocation: a table of four-way
 * sets in which the oldest entry gives way. Keys are mixed to 64 bits; two that collide cost an upload, no more.
 */
final class StickyServers {

  private static final long LIFE = 10 * Times.MINUTE;
  private static final int WAYS = 4;

  private final long[] keys;
  private final int[] servers;
  private final long[] times;
  private final int mask;

  /** @param entries a power of two, at least 8 */
  StickyServers(int entries) {
    keys = new long[entries];
    servers = new int[entries];
    times = new long[entries];
    mask = entries / WAYS - 1;
  }

  static long key(String text) {
    return mix(text.hashCode() * 31L + text.length());
  }

  static long key(long number) {
    return mix(number + 0x51_7C_C1_B7L);
  }

  /** Index of the {@code nth} server remembered under {@code key}, −1 if there is none so fresh. */
  int find(long key, int nth, long now) {
    int seen = 0;
    int start = start(key);
    for (int i = start; i < start + WAYS; i++) {
      if (keys[i] == key && now - times[i] < LIFE && seen++ == nth) {
        return servers[i];
      }
    }
    return -1;
  }

  /** Remembers one server for {@code key}: its last. */
  void set(long key, int server, long now) {
    int start = start(key);
    int at = start;
    for (int i = start; i < start + WAYS; i++) {
      if (keys[i] == key) {
        at = i;
        break;
      }
      if (times[i] < times[at]) {
        at = i;
      }
    }
    put(at, key, server, now);
  }

  /** Remembers one more server for {@code key}. */
  void add(long key, int server, long now) {
    int start = start(key);
    int at = start;
    for (int i = start; i < start + WAYS; i++) {
      if (keys[i] == key && servers[i] == server) {
        at = i;
        break;
      }
      if (times[i] < times[at]) {
        at = i;
      }
    }
    put(at, key, server, now);
  }

  private void put(int at, long key, int server, long now) {
    keys[at] = key;
    servers[at] = server;
    times[at] = now;
  }

  private int start(long key) {
    return ((int) (key >>> 40) & mask) * WAYS;
  }

  private static long mix(long value) {
    long mixed = value * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    mixed ^= mixed >>> 32;
    return mixed == 0 ? 1 : mixed;
  }
}
