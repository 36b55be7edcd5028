package io.gradelane.api.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.pointer.JsonPointer;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a value must look like: a schema of the contract. The framework's validator finds what is wrong; what was found and
 * what was expected is said by us. Not safe on several threads: the validator writes into its schema as it goes.
 */
public final class Shape {

  private static final JsonSchemaOptions OPTIONS = new JsonSchemaOptions()
      .setBaseUri("app://gradelane")
      .setDraft(Draft.DRAFT202012)
      .setOutputFormat(OutputFormat.Basic);

  /** Keywords that only say that something below them is wrong. */
  private static final Set<String> ABOVE = Set.of("properties", "items", "allOf");

  private static final int LONGEST = 40;

  private final JsonObject schema;
  private final Validator validator;

  public Shape(JsonObject schema) {
    this.schema = schema.copy();
    validator = Validator.create(JsonSchema.of(schema.copy()), OPTIONS, Shape::outOfRange);
  }

  /** Everything in which {@code value} is not so. */
  public List<Fault> faults(@Nullable Object value) {
    OutputUnit checked = validator.validate(value);
    List<Fault> faults = new ArrayList<>();
    if (!checked.getValid()) {
      checked.getErrors().forEach(error -> add(faults, error, value));
    }
    return faults;
  }

  private void add(List<Fault> faults, OutputUnit error, @Nullable Object value) {
    JsonPointer keyword = pointer(error.getKeywordLocation());
    String name = last(keyword);
    JsonObject rule = (JsonObject) Objects.requireNonNull(keyword.parent().queryJson(schema));
    JsonPointer place = pointer(error.getInstanceLocation());
    Object found = place.queryJson(value);
    switch (name) {
      case "required" -> missing(faults, rule, place, (JsonObject) found);
      case "additionalProperties" -> unknown(faults, rule, place);
      default -> {
        if (!ABOVE.contains(name)) {
          String expected = name.equals("format") ? Expected.format(rule) : Expected.words(rule);
          add(faults, new Fault(place.toString(), shown(found), expected));
        }
      }
    }
  }

  /** One for each place is enough. */
  private static void add(List<Fault> faults, Fault fault) {
    if (faults.stream().noneMatch(known -> known.pointer().equals(fault.pointer()))) {
      faults.add(fault);
    }
  }

  private static void missing(
      List<Fault> faults, JsonObject rule, JsonPointer place, JsonObject found) {
    rule.getJsonArray("required").stream()
        .map(String::valueOf)
        .filter(key -> !found.containsKey(key))
        .forEach(key -> add(
            faults,
            new Fault(
                place.copy().append(key).toString(),
                "nothing",
                Expected.words(rule.getJsonObject("properties").getJsonObject(key)))));
  }

  /** The validator names every key whose value is wrong, too. */
  private static void unknown(List<Fault> faults, JsonObject rule, JsonPointer place) {
    boolean closed = Boolean.FALSE.equals(rule.getValue("additionalProperties"));
    if (closed && !rule.getJsonObject("properties", new JsonObject()).containsKey(last(place))) {
      add(faults, new Fault(place.toString(), "unknown", Expected.keys(rule)));
    }
  }

  private static String shown(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case JsonArray list -> "a list of " + list.size();
      case JsonObject object -> "an object";
      case String text ->
        text.length() > LONGEST ? "a text of " + text.length() + " characters" : "'" + text + "'";
      default -> value.toString();
    };
  }

  /** The one format that the validator leaves to us: an {@code int}. */
  private static @Nullable String outOfRange(String type, @Nullable String format, Object value) {
    boolean bounded = "int32".equals(format) && value instanceof Number;
    return bounded && Math.abs(((Number) value).doubleValue()) >= 0x1p31
        ? "more than 32 bits"
        : null;
  }

  /** The last step of a pointer, or nothing if it has none. */
  private static String last(JsonPointer pointer) {
    String text = pointer.toString();
    return text.substring(text.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
  }

  /** The validator's locations begin with a hash. */
  private static JsonPointer pointer(String location) {
    return JsonPointer.from(location.substring(1));
  }
}
