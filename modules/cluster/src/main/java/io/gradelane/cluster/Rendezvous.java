package io.gradelane.cluster;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses one member for a thing, the same on every node that sees the same members: the one with the highest hash of
 * both. When a member leaves, only what was its own moves.
 */
public final class Rendezvous {

  private Rendezvous() {}

  /** Empty if there are no members. */
  public static Optional<Member> choose(String key, List<Member> members) {
    return members.stream()
        .max(Comparator.<Member>comparingLong(member -> weight(key, member.node()))
            .thenComparing(Member::node));
  }

  /** FNV-1a, finished so that near keys are far apart. */
  private static long weight(String key, String node) {
    long hash = 0xcbf29ce484222325L;
    for (byte each : (key + '\0' + node).getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
    }
    hash ^= hash >>> 33;
    hash *= 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    return hash;
  }
}
