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

  /** What {@code text} means; the text itself if it is not of the parameter's type. */
  public Object read(String text) {
    return switch (schema.getString("type", "string")) {
      case "integer" -> text.matches("-?\\d{1,18}") ? Long.valueOf(text) : text;
      case "boolean" -> text.matches("true|false") ? Boolean.valueOf(text) : text;
      default -> text;
    };
  }
}
