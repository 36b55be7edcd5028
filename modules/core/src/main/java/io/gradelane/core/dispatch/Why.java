package io.gradelane.core.dispatch;

import io.gradelane.core.run.RunId;

/**
 * Why a run waits, for whoever asks.
 *
 * @param run asked about
 * @param lane it waits in; empty if nothing is known of the run
 * @param place 1 for the next of its lane, by fair turns; 0 if it does not wait
 * @param waiting how many wait in its lane
 * @param waitsFor what stands between it and its start
 * @param words the same for people
 * @param waitedMillis how long it has waited in all
 * @param estimatedStartMillis from now, at the rate of the last minutes; −1 if nobody can say
 */
public record Why(
    RunId run,
    String lane,
    int place,
    int waiting,
    WaitsFor waitsFor,
    String words,
    long waitedMillis,
    long estimatedStartMillis) {}
