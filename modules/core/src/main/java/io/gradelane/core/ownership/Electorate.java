package io.gradelane.core.ownership;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The members as one node sees them, those that it misses, and who of them would follow an owner. */
final class Electorate {

  private final String self;
  private final String pool;
  private Set<String> visible;

  /** Members that count in a split, with the moment from which they have been missed; those that are seen have none. */
  private final Map<String, Long> stable = new HashMap<>();

  private final Set<String> leaving = new HashSet<>();

  Electorate(String pool, String self) {
    this.pool = pool;
    this.self = self;
    this.visible = Set.of(self);
    stable.put(self, Long.MAX_VALUE);
  }

  /** Returns those that have come. */
  Set<String> members(Collection<String> nodes, long now) {
    Set<String> come = new HashSet<>(nodes);
    come.add(self);
    Set<String> next = Set.copyOf(come);
    come.removeAll(visible);
    visible = next;
    next.forEach(node -> stable.put(node, Long.MAX_VALUE));
    stable.replaceAll((node, since) ->
        !next.contains(node) && since == Long.MAX_VALUE ? Long.valueOf(now) : since);
    forget(now);
    return come;
  }

  /** A member leaves by its own will: it is chosen for nothing, and not missed when it has gone. */
  void leaves(String node, long now) {
    leaving.add(node);
    forget(now);
  }

  /** Members that vanished long ago are not missed any more. */
  void forget(long now) {
    stable
        .entrySet()
        .removeIf(member -> member.getValue() != Long.MAX_VALUE
            && (leaving.contains(member.getKey()) || now - member.getValue() >= Timing.STABLE));
    leaving.removeIf(node -> !visible.contains(node) && !stable.containsKey(node));
  }

  boolean sees(String node) {
    return visible.contains(node);
  }

  boolean isAlone() {
    return visible.size() == 1;
  }

  /** All that are seen but this one. */
  Set<String> others() {
    Set<String> others = new HashSet<>(visible);
    others.remove(self);
    return others;
  }

  /** What an owner may use who sees these. */
  Part part(Collection<String> seen) {
    int count = (int) seen.stream().filter(stable::containsKey).count();
    return new Part(count, stable.size());
  }

  /** Those that may follow {@code owner}, the first choice first. */
  List<String> candidates(String owner) {
    List<String> staying = staying(owner);
    return staying.isEmpty() ? inOrder(owner, true) : staying;
  }

  /** The same, without those that are about to leave. */
  List<String> staying(String owner) {
    return inOrder(owner, false);
  }

  private List<String> inOrder(String owner, boolean leavingToo) {
    return visible.stream()
        .filter(node -> !node.equals(owner) && (leavingToo || !leaving.contains(node)))
        .sorted(Comparator.comparingLong(this::score).thenComparing(node -> node))
        .toList();
  }

  /** Rendezvous: every node gives every other the same score, so all name the same one without a word. */
  private long score(String node) {
    long hash = 0xcbf29ce484222325L;
    String both = pool + '/' + node;
    for (int i = 0; i < both.length(); i++) {
      hash = (hash ^ both.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 32)) * 0xD6E8FEB86659FD93L;
    return hash ^ (hash >>> 29);
  }
}
