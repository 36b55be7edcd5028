package io.gradelane.api.submit;

import io.gradelane.api.access.Tenant;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.NewJob;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what comes as one JSON body: {@code {…, "template", "jobs": [{"ref", "run_spec"}, …]}} for a batch, {@code {…,
 * "ref", "run_spec"}} for a single job. Aside from the event loop: a great one takes a while.
 */
public final class Bodies {

  /** Most jobs of one batch. */
  static final int MOST_JOBS = 100_000;

  private final Vertx vertx;
  private final HeadReader heads;

  public Bodies(Vertx vertx, HeadReader heads) {
    this.vertx = vertx;
    this.heads = heads;
  }

  /** Fails with {@link Unfit}. */
  public Future<Submission> batch(Tenant tenant, Buffer body) {
    return vertx.executeBlocking(() -> readBatch(tenant, body), false);
  }

  /** Fails with {@link Unfit}. */
  public Future<Submission> job(Tenant tenant, Buffer body) {
    return vertx.executeBlocking(() -> readJob(tenant, body), false);
  }

  private Submission readBatch(Tenant tenant, Buffer body) {
    Buffer digest = Digests.of(body);
    Parts parts = Parts.read(body);
    List<Draft> drafts = parts.jobs();
    if (drafts == null || drafts.isEmpty()) {
      throw Unfit.saying(
          "/jobs", drafts == null ? "nothing" : "0 items", "a list of 1 to " + MOST_JOBS);
    }
    parts.noSingleJob();
    List<NewJob> jobs = new ArrayList<>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      jobs.add(drafts.get(i).under(parts.template(), "/jobs/" + i));
    }
    Head head = heads.read(tenant, parts.values(), parts.template(), "batch");
    return submission(head, digest, jobs);
  }

  private Submission readJob(Tenant tenant, Buffer body) {
    Buffer digest = Digests.of(body);
    Parts parts = Parts.read(body);
    if (parts.jobs() != null || parts.template() != null) {
      String key = parts.jobs() == null ? "template" : "jobs";
      throw Unfit.saying("/" + key, "unknown", "a single job; several go to /api/v1/batches");
    }
    NewJob job = parts.job().under(null, "");
    return submission(heads.read(tenant, parts.values(), null, "job"), digest, List.of(job));
  }

  private static Submission submission(Head head, Buffer digest, List<NewJob> jobs) {
    Map<String, Integer> runs = new HashMap<>();
    jobs.forEach(job -> runs.merge(job.language(), 1, Integer::sum));
    return new Submission(head, runs, digest, JobSource.of(jobs), Future::succeededFuture);
  }
}
