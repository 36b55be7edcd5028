package io.gradelane.cluster.harness;

import io.gradelane.core.job.BatchId;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/** The interface for jobs, as one node offers it. */
final class Desk {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Node node;

  Desk(Node node) {
    this.node = node;
  }

  /**
   * What a submitter was told.
   *
   * @param batch empty if it was not accepted
   * @param millis until the answer
   */
  record Answer(int status, String retryAfter, Optional<Submitted> batch, double millis) {

    /** Nothing was accepted, and it was said when to come again. */
    boolean isHonestRefusal() {
      return status == 503 && !retryAfter.isEmpty();
    }
  }

  Answer submit(String name, int jobs, Duration takes) {
    String body = Submitted.body(name, jobs, takes);
    long began = System.nanoTime();
    Web.Page page = Web.send("POST", node.url().resolve("/api/v1/batches"), body, LONGEST);
    double millis = (System.nanoTime() - began) / 1e6;
    Optional<Submitted> batch = page.status() == 201
        ? Optional.of(new Submitted(
            BatchId.parse(new JsonObject(page.body()).getString("id")), name, jobs, takes))
        : Optional.empty();
    return new Answer(page.status(), page.retryAfter(), batch, millis);
  }

  /** One that must be accepted. */
  Submitted accepted(String name, int jobs, Duration takes) {
    Answer answer = submit(name, jobs, takes);
    return answer
        .batch()
        .orElseThrow(() -> new IllegalStateException(
            node.name() + " answered " + answer.status() + " to a batch (expected: 201)"));
  }

  /** Changes a batch; answers when that was answered, in nanoseconds of this process. */
  long steer(Submitted batch, String change) {
    return patch("/api/v1/batches/" + batch.id(), change);
  }

  /** Changes a lane; likewise. */
  long lane(String lane, String change) {
    return patch("/api/v1/lanes/" + lane, change);
  }

  private long patch(String path, String change) {
    Web.Page page = Web.send("PATCH", node.url().resolve(path), change, LONGEST, "If-Match", "*");
    long answered = System.nanoTime();
    if (page.status() != 200) {
      throw new IllegalStateException(path + ": " + page.status() + " " + page.body());
    }
    return answered;
  }

  /** Whether it says that all of the batch has ended. */
  boolean hasEnded(Submitted batch) {
    Web.Page page = Web.get(node.url().resolve("/api/v1/batches/" + batch.id()));
    return page.status() == 200 && new JsonObject(page.body()).getString("endedAt") != null;
  }
}
