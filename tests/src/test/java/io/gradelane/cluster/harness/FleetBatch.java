package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A batch of short runs, each with an answer that only it can give. */
final class FleetBatch {

  private static final Duration LONGEST = Duration.ofMinutes(5);
  private static final int RIGHT = 15;

  private final FleetStage stage;
  private final String id;
  private final int jobs;

  private FleetBatch(FleetStage stage, String id, int jobs) {
    this.stage = stage;
    this.id = id;
    this.jobs = jobs;
  }

  static FleetBatch submit(FleetStage stage, int jobs) {
    JsonArray all = new JsonArray();
    for (int i = 0; i < jobs; i++) {
      JsonObject spec =
          new JsonObject().put("language_id", "python3").put("sourcecode", "print(" + i + " * 7)");
      all.add(new JsonObject().put("ref", i + "").put("run_spec", spec));
    }
    Eventually.await(
        "the database is there", () -> stage.get("/api/v1/batches").containsKey("batches"));
    JsonObject batch = stage.send(
        "POST", "/api/v1/batches", new JsonObject().put("lane", "bulk").put("jobs", all));
    return new FleetBatch(stage, batch.getString("id"), jobs);
  }

  void awaitFinished(int count) {
    Eventually.await(
        count + " of " + jobs + " runs have finished",
        LONGEST,
        () -> progress().getInteger("finished", 0) >= count);
  }

  void awaitEnd() {
    Eventually.await(
        jobs + " runs have ended", LONGEST, () -> batch().getString("endedAt") != null);
  }

  /** Jobs without their right answer. */
  int wrong() {
    int right = 0;
    String after = "";
    do {
      JsonObject page = stage.get("/api/v1/batches/" + id + "/jobs?size=500" + after);
      for (JsonObject job : FleetStage.objects(page.getJsonArray("jobs"))) {
        right += isRight(job) ? 1 : 0;
      }
      after = page.containsKey("after") ? "&after=" + page.getString("after") : "";
    } while (!after.isEmpty());
    return jobs - right;
  }

  private static boolean isRight(JsonObject job) {
    int number = Integer.parseInt(job.getString("ref"));
    JsonObject result = job.getJsonObject("result", new JsonObject());
    return job.getInteger("outcome", 0) == RIGHT
        && (number * 7 + "\n").equals(result.getString("stdout"));
  }

  private JsonObject progress() {
    return batch().getJsonObject("progress", new JsonObject());
  }

  private JsonObject batch() {
    return stage.get("/api/v1/batches/" + id);
  }
}
