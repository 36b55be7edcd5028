package io.gradelane.api.v1;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.api.http.RunNote;
import io.gradelane.api.journey.Caller;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.jobe.wire.JobeAnswer;
import io.gradelane.jobe.wire.JobeAnswers;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs of one request while they are under way; answers when the last has ended. Each has an entry of its own, so one
 * that was refused takes nothing from the others. If all were refused, the whole is: 429 where the tenant's limit was the
 * reason, else 503, both with {@code Retry-After}.
 */
final class Group {

  private static final Logger log = LoggerFactory.getLogger(Group.class);
  private static final String RETRY_SECONDS = "5";

  private final Exchange exchange;
  private final List<Part> parts = new ArrayList<>();
  private int open;

  Group(Exchange exchange, List<GroupRequest.Member> members) {
    this.exchange = exchange;
    members.forEach(member -> parts.add(new Part(member.ref())));
    open = parts.size();
    exchange.onGone(() -> parts.forEach(Part::callerHasGone));
  }

  Caller caller(int index) {
    return parts.get(index);
  }

  private void ended() {
    open--;
    if (open > 0 || exchange.isOver()) {
      return;
    }
    if (parts.stream().allMatch(part -> part.refusal != null)) {
      refuseAll();
    } else {
      exchange.answer(200, Headers.JSON, body());
    }
  }

  private void refuseAll() {
    Part first = parts.getFirst();
    exchange.put(Headers.RETRY_AFTER, RETRY_SECONDS);
    boolean tenant = parts.stream().allMatch(part -> part.refusal == Refusal.TENANT_LIMIT);
    new Problem(tenant ? 429 : 503, tenant ? "tenant_limit" : "overload", first.words)
        .answer(exchange);
  }

  private Buffer body() {
    Buffer body = Buffer.buffer("{\"results\":[");
    for (int i = 0; i < parts.size(); i++) {
      body.appendString(i == 0 ? "" : ",").appendBuffer(parts.get(i).entry());
    }
    return body.appendString("]}");
  }

  /** One run of the group. */
  private final class Part implements Caller {

    private final String ref;
    private @Nullable RunNote note;
    private @Nullable JobeAnswer answer;
    private @Nullable Refusal refusal;
    private String words = "";
    private @Nullable Runnable onGone;

    Part(String ref) {
      this.ref = ref;
    }

    @Override
    public boolean isOver() {
      return answer != null || exchange.isOver();
    }

    @Override
    public void onGone(Runnable listener) {
      onGone = listener;
    }

    void callerHasGone() {
      if (onGone != null && answer == null) {
        onGone.run();
      }
    }

    @Override
    public void note(RunNote told) {
      note = told;
    }

    @Override
    public void answer(JobeAnswer told) {
      if (answer == null) {
        answer = told;
        ended();
      }
    }

    @Override
    public void refuse(Refusal reason, String text) {
      refusal = reason;
      words = text;
      answer(JobeAnswers.overload());
    }

    @Override
    public void crash(Throwable cause) {
      log.atError()
          .setCause(cause)
          .addKeyValue("http.request.id", exchange.requestId())
          .log("a run of a group met a fault of ours");
      answer(JobeAnswers.fatal());
    }

    /** What the server said stands in it as it came. */
    private Buffer entry() {
      JsonObject head = new JsonObject().put("ref", ref);
      if (note != null) {
        head.put("run", note.run().toString())
            .put("server", note.server())
            .put("attempts", note.attempts())
            .put("waited", note.waitedMillis() / 1000.0);
      }
      if (refusal != null) {
        head.put("refused", refusal.name()).put("detail", words);
      }
      JobeAnswer told = answer == null ? JobeAnswers.fatal() : answer;
      head.put("status", told.status());
      Buffer open = head.toBuffer();
      Buffer result = told.body() == null ? Buffer.buffer("null") : told.body();
      return open.slice(0, open.length() - 1)
          .copy()
          .appendString(told.status() == 200 ? ",\"result\":" : ",\"error\":")
          .appendBuffer(result)
          .appendString("}");
    }
  }
}
