package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonObject;

/** How far a batch is. */
record Counts(int total, int finished, int dead, int cancelled) {

  /** @param progress as the interface tells it */
  static Counts of(JsonObject progress) {
    return new Counts(
        progress.getInteger("total", 0),
        progress.getInteger("finished", 0),
        progress.getInteger("dead", 0),
        progress.getInteger("cancelled", 0));
  }

  int ended() {
    return finished + dead + cancelled;
  }

  int left() {
    return total - ended();
  }

  boolean allFinished() {
    return finished == total;
  }

  int percent() {
    return total == 0 ? 100 : (int) (100L * ended() / total);
  }

  /** Those that did not finish, in words; empty if there are none. */
  String troubles() {
    String words = dead == 0 ? "" : dead + " dead";
    String more = cancelled == 0 ? "" : cancelled + " cancelled";
    return words.isEmpty() || more.isEmpty() ? words + more : words + ", " + more;
  }
}
