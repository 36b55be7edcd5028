package io.gradelane.api.submit;

import io.gradelane.store.jobs.JobSource;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A batch that was found good, before it is kept.
 *
 * @param runs how many there are in each language
 * @param digest of all the bytes that came
 * @param jobs reads them, from the first; asked once
 * @param discarding lets go of what held them
 */
public record Submission(
    Head head,
    Map<String, Integer> runs,
    Buffer digest,
    JobSource jobs,
    Supplier<Future<Void>> discarding) {

  public Submission {
    runs = Map.copyOf(runs);
  }

  /** Never fails: what can't be removed now goes at the next start. */
  public Future<Void> discard() {
    return discarding.get().otherwiseEmpty();
  }
}
