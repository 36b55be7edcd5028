package io.gradelane.api.v1;

import io.gradelane.api.http.Outflow;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.JobView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends all results of a batch, page by page behind a cursor: the next page is read when the last has been taken. So it
 * costs the memory of one page, however many there are and however slow the caller is, and no transaction stays open.
 */
final class Export {

  private static final Logger log = LoggerFactory.getLogger(Export.class);
  private static final int PAGE_BYTES = 2 << 20;

  private final JobStore store;
  private final BatchId batch;
  private final @Nullable String state;
  private final boolean outputs;
  private final ResultFormat format;

  /** @param state only those in this state, or null for all */
  Export(
      JobStore store, BatchId batch, @Nullable String state, boolean outputs, ResultFormat format) {
    this.store = store;
    this.batch = batch;
    this.state = state;
    this.outputs = outputs;
    this.format = format;
  }

  /** The first page decides whether there is an answer at all. */
  void send(Call call) {
    JobDesk.answer(call, page(null), first -> {
      if (call.exchange().isOver()) {
        return;
      }
      call.exchange()
          .put(
              "Content-Disposition",
              "attachment; filename=\"" + batch + "." + format.suffix() + "\"");
      Outflow out = call.exchange().answer(200, format.contentType());
      write(out, format.head(), first);
    });
  }

  private Future<List<JobView>> page(@Nullable JobId after) {
    return store.jobs().results(batch, after, state, outputs ? PAGE_BYTES : 0);
  }

  private void write(Outflow out, Buffer before, List<JobView> page) {
    if (page.isEmpty()) {
      out.write(before).onSuccess(written -> out.end());
      return;
    }
    Buffer lines = Buffer.buffer().appendBuffer(before);
    page.forEach(job -> lines.appendBuffer(format.line(job)));
    out.write(lines)
        .onSuccess(room -> page(page.getLast().id())
            .onSuccess(next -> write(out, Buffer.buffer(), next))
            .onFailure(failure -> breakOff(out, failure)));
  }

  private void breakOff(Outflow out, Throwable failure) {
    log.atWarn()
        .addKeyValue("batch", batch)
        .addKeyValue("reason", String.valueOf(failure.getMessage()))
        .log("results could not be read to their end; the answer is broken off");
    out.breakOff();
  }
}
