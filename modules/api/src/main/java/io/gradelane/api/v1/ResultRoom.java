package io.gradelane.api.v1;

import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;

/**
 * {@code GET …/batches/{id}/results}: all results of a batch in one answer of any length, as NDJSON or CSV; {@code
 * outputs=false} leaves out what programs wrote.
 */
final class ResultRoom {

  private static final String FORMATS = "ndjson or csv";

  private final JobDesk desk;

  ResultRoom(JobDesk desk) {
    this.desk = desk;
  }

  List<Route> routes() {
    return List.of(desk.route(
        "GET",
        JobDesk.BATCH + "/results",
        (call, store) -> desk.batch(call, store, batch -> send(call, store, batch))));
  }

  private static void send(Call call, JobStore store, Batch batch) {
    Queries.flag(call, "outputs", true)
        .ifPresent(outputs -> format(call, outputs)
            .ifPresent(format -> Queries.filter(call)
                .ifPresent(filter ->
                    new Export(store, batch.id(), filter.state(), outputs, format).send(call))));
  }

  /** What is asked for, or accepted, or else NDJSON; empty after an answer. */
  private static Optional<ResultFormat> format(Call call, boolean outputs) {
    String wish = Queries.text(call, "format");
    String accepts = call.exchange().header(HttpHeaders.ACCEPT);
    String name =
        wish != null ? wish : accepts != null && accepts.contains("csv") ? "csv" : "ndjson";
    return switch (name) {
      case "ndjson" -> Optional.of(new NdjsonFormat(outputs));
      case "csv" -> Optional.of(new CsvFormat(outputs));
      default -> {
        call.fail(Problem.query("format", name, FORMATS));
        yield Optional.empty();
      }
    };
  }
}
