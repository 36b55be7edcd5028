package io.gradelane.api.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a schema asks for, in words. */
final class Expected {

  private static final String NULL = "null";

  private Expected() {}

  static String words(JsonObject schema) {
    if (schema.containsKey("const")) {
      return String.valueOf(schema.getValue("const"));
    }
    if (schema.containsKey("enum")) {
      return "one of "
          + schema.getJsonArray("enum").stream()
              .map(String::valueOf)
              .collect(Collectors.joining(", "));
    }
    List<String> types = types(schema);
    String words = types.stream()
        .filter(type -> !type.equals(NULL))
        .map(type -> words(type, schema))
        .collect(Collectors.joining(" or "));
    return types.contains(NULL) ? words + ", or null" : words;
  }

  /** What its format asks for beyond its type. */
  static String format(JsonObject schema) {
    return schema.getString("format").equals("int32") ? "a whole number of 32 bits" : words(schema);
  }

  /** The keys that an object may have. */
  static String keys(JsonObject schema) {
    List<String> keys = schema.getJsonObject("properties", new JsonObject()).fieldNames().stream()
        .sorted()
        .toList();
    return keys.isEmpty() ? "none" : "one of " + String.join(", ", keys);
  }

  private static List<String> types(JsonObject schema) {
    return schema.getValue("type") instanceof JsonArray several
        ? several.stream().map(String::valueOf).toList()
        : List.of(schema.getString("type", "a value"));
  }

  private static String words(String type, JsonObject schema) {
    return switch (type) {
      case "integer" -> "a whole number" + range(schema, "minimum", "maximum");
      case "number" -> "a number" + range(schema, "minimum", "maximum");
      case "boolean" -> "true or false";
      case "string" -> text(schema);
      case "array" -> "a list" + range(schema, "minItems", "maxItems");
      case "object" -> "an object";
      default -> type;
    };
  }

  private static String text(JsonObject schema) {
    Number most = schema.getNumber("maxLength");
    String least = schema.containsKey("minLength") ? " that is not empty" : "";
    return switch (schema.getString("format", "")) {
      case "uuid" -> "a UUID";
      case "date-time" -> "a time such as 2026-11-21T08:00:00Z";
      default -> most == null ? "a text" + least : "a text of at most " + most + " characters";
    };
  }

  private static String range(JsonObject schema, String from, String to) {
    Number least = schema.getNumber(from);
    Number most = schema.getNumber(to);
    Number above = schema.getNumber("exclusiveMinimum");
    if (above != null) {
      return ", above " + above + upTo(most);
    }
    if (least == null) {
      return upTo(most);
    }
    return most == null ? ", " + least + " or more" : " from " + least + " to " + most;
  }

  private static String upTo(@Nullable Number most) {
    return most == null ? "" : ", at most " + most;
  }
}
