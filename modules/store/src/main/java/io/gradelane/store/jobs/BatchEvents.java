package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchId;
import io.vertx.core.Future;
import java.util.List;

/** The log of each batch: every change of it, numbered, written with the change. */
public interface BatchEvents {

  /** Events behind the cursor; those of one session in order and without a gap. */
  Future<List<BatchEvent>> since(BatchId batch, EventCursor cursor, int limit);
}
