package io.gradelane.api.v1;

import io.gradelane.api.json.Outputs;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.JobView;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object a line. What programs wrote stands in it as it came from the server; an answer that is not Jobe's is
 * given whole, as {@code answer} or, where it is no text, as {@code answerBase64}.
 */
final class NdjsonFormat implements ResultFormat {

  private static final CharSequence TYPE = HttpHeaders.createOptimized("application/x-ndjson");

  private final boolean outputs;

  NdjsonFormat(boolean outputs) {
    this.outputs = outputs;
  }

  @Override
  public CharSequence contentType() {
    return TYPE;
  }

  @Override
  public String suffix() {
    return "ndjson";
  }

  @Override
  public Buffer head() {
    return Buffer.buffer();
  }

  @Override
  public Buffer line(JobView job) {
    JsonObject json = head(job);
    Attempt last = job.last();
    Buffer answer = !outputs || last == null ? null : last.result();
    return answer == null || answer.length() == 0
        ? json.toBuffer().appendString("\n")
        : withAnswer(json, answer);
  }

  private static JsonObject head(JobView job) {
    Attempt last = job.last();
    JsonObject json = new JsonObject()
        .put("ref", job.ref())
        .put("job", job.id().toString())
        .put("state", job.state().word())
        .put("outcome", job.state() instanceof Finished finished ? finished.outcome() : null)
        .put("attempts", job.state().attempts());
    if (job.state() instanceof Dead dead) {
      json.put("reason", dead.reason());
    }
    if (job.erased()) {
      json.put("erased", true);
    }
    return last == null
        ? json
        : json.put("server", last.where().server())
            .put("waitedMs", last.where().waitedMillis())
            .put("ranMs", last.where().ranMillis());
  }

  private static Buffer withAnswer(JsonObject json, Buffer answer) {
    Optional<Outputs> written = Outputs.of(answer).filter(all -> !all.isEmpty());
    if (written.isEmpty()) {
      whole(json, answer);
      return json.toBuffer().appendString("\n");
    }
    Buffer line = json.toBuffer();
    Buffer open = Buffer.buffer(line.length() + answer.length())
        .appendBuffer(line.slice(0, line.length() - 1));
    member(open, "cmpinfo", written.get().cmpinfo());
    member(open, "stdout", written.get().stdout());
    member(open, "stderr", written.get().stderr());
    return open.appendString("}\n");
  }

  private static void member(Buffer line, String key, @Nullable Buffer literal) {
    if (literal != null) {
      line.appendString(",\"" + key + "\":").appendBuffer(literal);
    }
  }

  private static void whole(JsonObject json, Buffer answer) {
    try {
      String text = StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(answer.getBytes()))
          .toString();
      json.put("answer", text);
    } catch (CharacterCodingException noText) {
      json.put("answerBase64", Base64.getEncoder().encodeToString(answer.getBytes()));
    }
  }
}
