package io.gradelane.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.job.AttemptEnding.Ran;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.EndedAttempt.Where;
import io.gradelane.store.jobs.JobView;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultFormatTest {

  private static final JobId JOB = BatchId.next(0, new Random(1)).job(1);

  @Test
  void whatNoTextCanHoldComesWholeInALine() {
    String line = ndjson("{\"stdout\":\"\\ud800 \\u0000 \\uDFFF\",\"outcome\":1e3}");

    assertThat(line).endsWith(",\"stdout\":\"\\ud800 \\u0000 \\uDFFF\"}\n");
    assertThat(csv("{\"stdout\":\"\\ud800|\"}")).endsWith(",?|,,\r\n");
  }

  @Test
  void whatIsNoObjectIsGivenAsTextOrElseAsBytes() {
    assertThat(ndjson("busy\n")).endsWith(",\"answer\":\"busy\\n\"}\n");
    assertThat(ndjson("{\"stdout\":\"")).endsWith(",\"answer\":\"{\\\"stdout\\\":\\\"\"}\n");
    byte[] noText = {'"', (byte) 0xFF, '"'};
    assertThat(line(new NdjsonFormat(true), view(new Finished(1, 15), Buffer.buffer(noText))))
        .endsWith(",\"answerBase64\":\"Iv8i\"}\n");
  }

  @Test
  void whatHasNotRunHasALineToo() {
    JobView waiting = new JobView(JOB, "a \"ref\"", Waiting.NEW, null, false);

    assertThat(line(new NdjsonFormat(true), waiting))
        .isEqualTo("{\"ref\":\"a \\\"ref\\\"\",\"job\":\"" + JOB
            + "\",\"state\":\"waiting\",\"outcome\":null,\"attempts\":0}\n");
    assertThat(line(new CsvFormat(true), waiting))
        .isEqualTo("\"a \"\"ref\"\"\"," + JOB + ",waiting,,0,,,,,,,,\r\n");
  }

  @Test
  void whatWouldBeAFormulaIsText() {
    for (String start : new String[] {"=", "+", "-", "@", "\\t", "\\r"}) {
      assertThat(csv("{\"stderr\":\"" + start + "1\"}"))
          .containsPattern(",\"?'[-=+@\t\r]1\"?,\r\n\\z");
    }
    assertThat(csv("{\"stderr\":\"1-1\"}")).endsWith(",1-1,\r\n");
  }

  @Test
  void whyItsServerRefusedAJobIsInItsWords() {
    JobView dead = view(new Dead(1, "status 404"), Buffer.buffer("\"No \\\"f1\\\", sorry\""));
    assertThat(line(new CsvFormat(true), dead))
        .endsWith(",status 404,,,,\"No \"\"f1\"\", sorry\"\r\n");
    assertThat(line(new CsvFormat(false), dead)).endsWith(",status 404\r\n");

    JobView other = view(new Dead(1, "status 404"), Buffer.buffer("{\"error\":404}"));
    assertThat(line(new CsvFormat(true), other)).endsWith(",,,\"{\"\"error\"\":404}\"\r\n");
    assertThat(line(new NdjsonFormat(true), other))
        .endsWith(",\"answer\":\"{\\\"error\\\":404}\"}\n");
  }

  private static String ndjson(String answer) {
    return line(new NdjsonFormat(true), view(new Finished(1, 15), Buffer.buffer(answer)));
  }

  private static String csv(String answer) {
    return line(new CsvFormat(true), view(new Finished(1, 15), Buffer.buffer(answer)));
  }

  private static JobView view(JobState state, @Nullable Buffer result) {
    Attempt last = new Attempt(
        new Claim(JOB, 1, 1),
        new Ran(15),
        "n1",
        new Where("s1", 5, 70, 1, 4),
        Instant.EPOCH,
        Instant.EPOCH,
        result,
        null);
    return new JobView(JOB, "ref", state, last, false);
  }

  private static String line(ResultFormat format, JobView job) {
    return format.line(job).toString(StandardCharsets.UTF_8);
  }
}
