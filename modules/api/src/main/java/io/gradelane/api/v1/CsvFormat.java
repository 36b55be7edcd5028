package io.gradelane.api.v1;

import io.gradelane.api.json.Outputs;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.JobView;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * CSV as in RFC 4180. A cell that a spreadsheet would take for a formula gets an apostrophe before it; what UTF-8 can't say
 * (half a surrogate pair) becomes a question mark. Who needs every byte takes NDJSON. An answer that is no result stands
 * behind what programs wrote.
 */
final class CsvFormat implements ResultFormat {

  private static final CharSequence TYPE =
      HttpHeaders.createOptimized("text/csv; charset=utf-8; header=present");

  private static final List<String> COLUMNS = List.of(
      "ref", "job", "state", "outcome", "attempts", "server", "waited_ms", "ran_ms", "reason");
  private static final List<String> OUTPUTS = List.of("cmpinfo", "stdout", "stderr", "answer");

  /** What makes a spreadsheet compute. */
  private static final String FORMULA = "=+-@\t\r";

  private static final Outputs NOTHING = new Outputs(null, null, null);

  private final boolean outputs;

  CsvFormat(boolean outputs) {
    this.outputs = outputs;
  }

  @Override
  public CharSequence contentType() {
    return TYPE;
  }

  @Override
  public String suffix() {
    return "csv";
  }

  @Override
  public Buffer head() {
    List<String> names = new ArrayList<>(COLUMNS);
    if (outputs) {
      names.addAll(OUTPUTS);
    }
    return row(names);
  }

  @Override
  public Buffer line(JobView job) {
    Attempt last = job.last();
    List<String> cells = new ArrayList<>(List.of(
        job.ref(),
        job.id().toString(),
        job.state().word(),
        job.state() instanceof Finished finished ? "" + finished.outcome() : "",
        "" + job.state().attempts(),
        last == null ? "" : last.where().server(),
        last == null ? "" : "" + last.where().waitedMillis(),
        last == null ? "" : "" + last.where().ranMillis(),
        job.state() instanceof Dead dead ? dead.reason() : ""));
    if (outputs) {
      cells.addAll(written(last == null ? null : last.result()));
    }
    return row(cells);
  }

  private static List<String> written(@Nullable Buffer answer) {
    Outputs all = answer == null ? NOTHING : Outputs.of(answer).orElse(NOTHING);
    String other = answer == null || !all.isEmpty() ? "" : words(answer);
    return List.of(text(all.cmpinfo()), text(all.stdout()), text(all.stderr()), other);
  }

  /** What is no result, as a person reads it. */
  private static String words(Buffer answer) {
    return JobJson.result(answer) instanceof String said ? said : answer.toString();
  }

  private static String text(@Nullable Buffer literal) {
    return literal == null ? "" : (String) Json.decodeValue(literal);
  }

  private static Buffer row(List<String> cells) {
    return Buffer.buffer(
        cells.stream().map(CsvFormat::cell).collect(Collectors.joining(",", "", "\r\n")));
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    String safe = formula ? "'" + text : text;
    boolean quoted = safe.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
