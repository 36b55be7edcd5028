package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The jobs of a batch with their results, page by page. */
final class JobPages {

  private static final int SIZE = 500;

  private final Nodes nodes;
  private final String path;

  /** @param state only those in this state, or null for all */
  JobPages(Nodes nodes, String batch, @Nullable String state) {
    this.nodes = nodes;
    path = "/api/v1/batches/" + batch + "/jobs?size=" + SIZE
        + (state == null ? "" : "&state=" + state);
  }

  void each(Consumer<JsonObject> reader) {
    String after = "";
    while (after != null) {
      JsonObject page = nodes.get(after.isEmpty() ? path : path + "&after=" + after);
      JsonArray jobs = page.getJsonArray("jobs");
      for (int i = 0; i < jobs.size(); i++) {
        reader.accept(jobs.getJsonObject(i));
      }
      after = page.getString("after");
    }
  }
}
