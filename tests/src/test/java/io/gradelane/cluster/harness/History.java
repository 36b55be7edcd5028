package io.gradelane.cluster.harness;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/** Every request that was sent, and what became of it. Thread-safe. */
final class History {

  private static final int EXAMPLES = 5;

  private final Set<String> invoked = ConcurrentHashMap.newKeySet();
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();

  void invoked(String id) {
    if (!invoked.add(id)) {
      throw new IllegalArgumentException(id + " was sent before");
    }
  }

  void ended(Call call) {
    calls.add(call);
  }

  Set<String> invoked() {
    return invoked;
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  int right() {
    return (int) calls.stream().filter(Call::isRight).count();
  }

  /** Those among such calls that did not get their answer. */
  int notRight(Predicate<Call> which) {
    return (int) calls.stream().filter(which).filter(call -> !call.isRight()).count();
  }

  /** How many ended how, and the words of a few that ended badly. */
  String told() {
    Map<Call.Ending, Long> counts =
        calls.stream().collect(Collectors.groupingBy(Call::ending, Collectors.counting()));
    return counts
        + calls.stream()
            .filter(call -> !call.isRight())
            .limit(EXAMPLES)
            .map(call -> "\n  " + call.id() + " by " + call.target() + " " + call.ending()
                + " after " + Math.round(call.millis()) + " ms: " + call.said())
            .collect(Collectors.joining());
  }

  /** How long they took, from when each was due. */
  Histogram millis() {
    Histogram histogram = new Histogram(3);
    calls.forEach(call -> histogram.recordValue(Math.max(0, Math.round(call.millis()))));
    return histogram;
  }
}
