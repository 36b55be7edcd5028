package io.gradelane.api.journey;

import io.gradelane.core.run.RunId;
import io.gradelane.store.runs.RunRecord;
import io.gradelane.store.runs.RunRecord.State;
import java.util.List;
import java.util.function.Consumer;

/** Writes down what became of the runs of one node. */
public record Logbook(String node, Consumer<RunRecord> records) {

  /** For runs whose end is written down by somebody else. */
  public static final Logbook NONE = new Logbook("", ignored -> {});

  /** One that was answered before it could wait. */
  void turnedAway(RunOrder order, RunId run, State state, String outcome, int status) {
    records.accept(new RunRecord(
        run,
        order.context().requestId(),
        order.tenant().name(),
        order.lane().name(),
        "",
        node,
        state,
        outcome,
        status,
        0,
        0,
        List.of(),
        0,
        0,
        ""));
  }
}
