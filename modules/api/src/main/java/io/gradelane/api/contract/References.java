package io.gradelane.api.contract;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Replaces what a document says by reference ({@code $ref}) by what it refers to, in the same document. */
final class References {

  private static final String KEY = "$ref";
  private static final int DEEPEST = 50;

  private final Map<?, ?> root;

  private References(Map<?, ?> root) {
    this.root = root;
  }

  /** @throws IllegalArgumentException if a reference leads nowhere, or round in a circle */
  static JsonObject inlined(Object document) {
    if (!(document instanceof Map<?, ?> root)) {
      throw new IllegalArgumentException("contract: no object");
    }
    return new JsonObject(new References(root).inlined(root, 0));
  }

  private Map<String, Object> inlined(Map<?, ?> object, int depth) {
    Map<String, Object> whole = new LinkedHashMap<>();
    object.forEach((key, value) -> {
      if (key.equals(KEY)) {
        whole.putAll(inlined(target(String.valueOf(value)), deeper(depth, value)));
      } else {
        whole.put(String.valueOf(key), value(value, depth));
      }
    });
    return whole;
  }

  private @Nullable Object value(@Nullable Object value, int depth) {
    return switch (value) {
      case Map<?, ?> object -> inlined(object, deeper(depth, "nesting"));
      case List<?> list -> list.stream().map(each -> value(each, depth)).toList();
      case null -> null;
      default -> value;
    };
  }

  private Map<?, ?> target(String pointer) {
    Object at = root;
    for (String step : pointer.substring(2).split("/", -1)) {
      at = at instanceof Map<?, ?> object ? object.get(step) : null;
    }
    if (!pointer.startsWith("#/") || !(at instanceof Map<?, ?> found)) {
      throw new IllegalArgumentException("contract: " + pointer + " leads nowhere");
    }
    return found;
  }

  private static int deeper(int depth, @Nullable Object where) {
    if (depth == DEEPEST) {
      throw new IllegalArgumentException("contract: " + where + " leads round in a circle");
    }
    return depth + 1;
  }
}
