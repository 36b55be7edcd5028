package io.gradelane.api.watch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the pool at one moment, as one watcher sees them: all of it, or one lane. Figures have no log: whoever
 * comes back is told how things are.
 *
 * @param lane its name, or null for everything
 * @param json what the interface says of it
 */
record Figures(@Nullable String lane, JsonObject json) {

  /** Empty if there is no such lane. */
  static Optional<Figures> of(@Nullable String lane, JsonObject all) {
    if (lane == null) {
      return Optional.of(new Figures(null, all));
    }
    JsonObject found = byKey(all.getJsonArray("lanes"), "name").get(lane);
    return found == null
        ? Optional.empty()
        : Optional.of(new Figures(lane, new JsonObject().put("lane", found)));
  }

  Word snapshot() {
    return Word.plain(Word.Type.SUBSCRIBED, json.copy());
  }

  /** What is not as in {@code before}, or null if all is. */
  @Nullable
  Word since(Figures before) {
    if (json.equals(before.json)) {
      return null;
    }
    JsonObject changed = lane == null ? changed(before.json) : json.copy();
    return Word.plain(Word.Type.EVENT, changed.put("kind", lane == null ? "pool" : "lane"));
  }

  private JsonObject changed(JsonObject before) {
    JsonObject changed = new JsonObject();
    JsonObject pool = json.getJsonObject("pool");
    if (!pool.equals(before.getJsonObject("pool"))) {
      changed.put("pool", pool);
    }
    put(changed, "lanes", "name", before);
    put(changed, "servers", "id", before);
    return changed;
  }

  /** Those that are new or other than before, and the names of those that are gone. */
  private void put(JsonObject changed, String list, String key, JsonObject before) {
    Map<String, JsonObject> were = byKey(before.getJsonArray(list), key);
    Map<String, JsonObject> are = byKey(json.getJsonArray(list), key);
    JsonArray other = new JsonArray();
    are.forEach((name, one) -> {
      if (!one.equals(were.get(name))) {
        other.add(one);
      }
    });
    if (!other.isEmpty()) {
      changed.put(list, other);
    }
    were.keySet().removeAll(are.keySet());
    if (!were.isEmpty()) {
      changed.put(list + "Gone", new JsonArray(List.copyOf(were.keySet())));
    }
  }

  private static Map<String, JsonObject> byKey(JsonArray list, String key) {
    Map<String, JsonObject> byKey = new LinkedHashMap<>();
    for (int i = 0; i < list.size(); i++) {
      JsonObject one = list.getJsonObject(i);
      byKey.put(one.getString(key), one);
    }
    return byKey;
  }
}
