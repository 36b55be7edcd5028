package io.gradelane.cluster.harness;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What clients were told, held against what servers saw.
 *
 * @param lost requests without their right answer, however that came
 * @param unexpected answers that belong to no run or to another, and runs that nobody asked for
 * @param duplicated requests that were executed more than once, although no fault met them
 * @param recovered requests that servers saw more than once because a fault met them, and that were answered right
 */
record Oracle(int requests, int lost, int unexpected, int duplicated, int recovered) {

  /** @param faults when something was wrong on purpose */
  static Oracle of(History history, Pool pool, List<Window> faults) {
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> executed = new HashMap<>();
    for (Seen run : pool.runs()) {
      seen.merge(run.id(), 1, Integer::sum);
      executed.merge(run.id(), run.executed() ? 1 : 0, Integer::sum);
    }
    int wrong = history.notRight(call -> call.ending() == Call.Ending.WRONG);
    int uninvited = (int)
        seen.keySet().stream().filter(id -> !history.invoked().contains(id)).count();
    int duplicated = 0;
    int recovered = 0;
    for (Call call : history.calls()) {
      boolean excused = faults.stream().anyMatch(call::overlaps);
      if (executed.getOrDefault(call.id(), 0) > 1 && !excused) {
        duplicated++;
      } else if (seen.getOrDefault(call.id(), 0) > 1 && call.isRight()) {
        recovered++;
      }
    }
    int requests = history.invoked().size();
    return new Oracle(
        requests, requests - history.right(), wrong + uninvited, duplicated, recovered);
  }
}
