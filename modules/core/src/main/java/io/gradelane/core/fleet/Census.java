package io.gradelane.core.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many hosts are in each state, and since when the oldest of each is.
 *
 * @param counts by the state's word; a state without hosts is not there
 * @param oldest when the state of the one that has been in it longest began
 */
public record Census(Map<String, Integer> counts, Map<String, Instant> oldest) {

  public Census {
    counts = Map.copyOf(counts);
    oldest = Map.copyOf(oldest);
  }

  public static Census of(List<Host> hosts) {
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Instant> oldest = new TreeMap<>();
    for (Host host : hosts) {
      String word = host.state().word();
      counts.merge(word, 1, Integer::sum);
      oldest.merge(word, host.state().since(), (a, b) -> a.isBefore(b) ? a : b);
    }
    return new Census(counts, oldest);
  }

  public int count(String word) {
    return counts.getOrDefault(word, 0);
  }

  /** Zero if there is none. */
  public Duration oldestAge(String word, Instant now) {
    return Duration.between(oldest.getOrDefault(word, now), now);
  }

  /** "There are 3 hosts: 1 launching, 2 ready." */
  public String words() {
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    if (all == 0) {
      return "There are no hosts.";
    }
    String each = new TreeMap<>(counts)
        .entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
    return (all == 1 ? "There is " : "There are ") + Words.hosts(all) + ": " + each + ".";
  }
}
