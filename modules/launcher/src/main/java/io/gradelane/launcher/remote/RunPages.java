package io.gradelane.launcher.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The record of runs, page by page, the newest first. */
final class RunPages {

  private static final int LONGEST_PAGE = 500;

  /** Which of them, as a query. */
  record Wish(String query) {
    Wish() {
      this("");
    }

    /** @param value or null for any */
    Wish with(String name, @Nullable Object value) {
      return value == null
          ? this
          : new Wish(query + "&" + name + "="
              + URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8));
    }
  }

  private final Nodes nodes;
  private final Wish wish;
  private final int most;
  private @Nullable String next;

  /** @param most of them */
  RunPages(Nodes nodes, Wish wish, int most) {
    this.nodes = nodes;
    this.wish = wish;
    this.most = most;
  }

  void each(Consumer<JsonObject> reader) {
    int left = most;
    do {
      Wish page = new Wish("size=" + Math.min(LONGEST_PAGE, left) + wish.query());
      JsonObject answer = nodes.get("/api/v1/runs?" + page.with("before", next).query());
      JsonArray runs = answer.getJsonArray("runs");
      for (int i = 0; i < runs.size(); i++) {
        reader.accept(runs.getJsonObject(i));
      }
      left -= runs.size();
      next = answer.getString("next");
    } while (next != null && left > 0);
  }

  /** Whether it was not the last page that was read last. */
  boolean isMore() {
    return next != null;
  }
}
