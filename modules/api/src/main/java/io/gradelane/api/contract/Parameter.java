package io.gradelane.api.contract;

import io.vertx.core.json.JsonObject;

/**
 * One parameter of an operation.
 *
 * @param in where it stands: {@code path}, {@code query} or {@code header}
 */
public record Parameter(String name, String in, boolean required, JsonObject schema) {

  static Parameter of(JsonObject model) {
    return new Parameter(
        model.getString("name"),
        model.getString("in"),
        model.getBoolean("required", false),
        model.getJsonObject("schema", new JsonObject()));
  }
}
