package io.gradelane.core.dispatch;

/** What has happened since the term began; the words stand at {@link PoolView.Counters}. */
final class Tally {

  long wants;
  long repeatedWants;
  long granted;
  long refused;
  long refusedRetries;
  long expired;
  long cancelled;
  long doubted;
  long believed;
  long rerunQuiet;
  long unlooked;
  long staleDones;
  long lost;
  long forgotten;
  long lowered;

  PoolView.Counters view() {
    return new PoolView.Counters(
        wants,
        repeatedWants,
        granted,
        refused,
        refusedRetries,
        expired,
        cancelled,
        doubted,
        believed,
        rerunQuiet,
        unlooked,
        staleDones,
        lost,
        forgotten,
        lowered);
  }
}
