package io.gradelane.store.jobs;

import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.JobId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The log of each batch: every change of it, numbered, written with the change. */
public interface BatchEvents {

  /** Events behind the cursor; those of one session in order and without a gap. */
  Future<List<BatchEvent>> since(BatchId batch, EventCursor cursor, int limit);

  /**
   * How the batch is now, and how long its log.
   *
   * @param job whose state is to be told too, or null
   * @return empty if there is no such batch
   */
  Future<Optional<LogHead>> head(BatchId batch, @Nullable JobId job);
}
