package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.contract.Contract;
import io.gradelane.api.contract.Operation;
import io.gradelane.api.contract.Shape;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;

/** Holds every answer that a test gets from the interface against the contract: status, headers, type and body. */
final class Conformity {

  /** What may happen to any request, and is described once for all. */
  private static final Set<Integer> TO_ANY_REQUEST = Set.of(400, 405, 417, 500);

  private static final String PROBLEM = "application/problem+json";

  private Conformity() {}

  /** @param target of the request line */
  static void check(String method, String target, Wire.Answer answer) {
    String path = target.replaceAll("\\?.*", "");
    if (!path.startsWith("/api/v1/") && !path.equals("/force_update")) {
      return;
    }
    Optional<Operation> operation = find(method, path);
    if (operation.isEmpty()) {
      assertThat(answer.status()).as("%s %s", method, path).isIn(404, 405);
      assertThat(type(answer)).isEqualTo(PROBLEM);
    } else {
      check(operation.get(), answer);
    }
  }

  private static Optional<Operation> find(String method, String path) {
    return Contract.ours().operations().stream()
        .filter(each -> each.method().equals(method))
        .filter(each -> path.matches(each.path().replaceAll("\\{\\w+}", "[^/]+")))
        .min(Comparator.comparing(each -> each.path().contains("{")));
  }

  private static void check(Operation operation, Wire.Answer answer) {
    String what = operation.id() + " " + answer.status();
    JsonObject responses = operation.model().getJsonObject("responses");
    String said = String.valueOf(answer.status());
    boolean general = TO_ANY_REQUEST.contains(answer.status()) && !responses.containsKey(said);
    String status = general ? "default" : said;
    assertThat(responses.fieldNames()).as("%s: %s", what, answer.body()).contains(status);
    JsonObject response = responses.getJsonObject(status);
    response
        .getJsonObject("headers", new JsonObject())
        .forEach(
            header -> checkHeader(what, header.getKey(), (JsonObject) header.getValue(), answer));
    JsonObject content = response.getJsonObject("content", new JsonObject());
    if (!content.isEmpty()) {
      assertThat(content.fieldNames()).as(what).contains(type(answer));
      Object body = isJson(type(answer)) ? Json.decodeValue(answer.body()) : answer.body();
      check(what, content.getJsonObject(type(answer)), body);
    }
  }

  private static void checkHeader(
      String what, String name, JsonObject described, Wire.Answer answer) {
    String found = answer.header(name);
    if (described.getBoolean("required", false) || !found.isEmpty()) {
      check(what + ": " + name, described, found);
    }
  }

  private static boolean isJson(String type) {
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static void check(String what, JsonObject described, Object found) {
    Shape shape = new Shape(closed(described.getJsonObject("schema")));
    assertThat(shape.faults(found)).as("%s: %s", what, found).isEmpty();
  }

  private static String type(Wire.Answer answer) {
    return answer.header("content-type").replaceAll(";.*", "");
  }

  /** Readers must bear more than is described; we may not send it. */
  private static JsonObject closed(JsonObject schema) {
    JsonObject whole = schema.copy();
    for (Object part : schema.getJsonArray("allOf", new JsonArray())) {
      merge(whole, (JsonObject) part);
    }
    whole.remove("allOf");
    if (whole.getValue("items") instanceof JsonObject items) {
      whole.put("items", closed(items));
    }
    if (whole.getValue("properties") instanceof JsonObject properties) {
      properties
          .fieldNames()
          .forEach(key -> properties.put(key, closed(properties.getJsonObject(key))));
      if (!whole.containsKey("additionalProperties")) {
        whole.put("additionalProperties", false);
      }
    }
    return whole;
  }

  private static void merge(JsonObject whole, JsonObject part) {
    JsonObject properties = whole.getJsonObject("properties", new JsonObject());
    JsonArray required = whole.getJsonArray("required", new JsonArray());
    whole
        .put("properties", properties.mergeIn(part.getJsonObject("properties", new JsonObject())))
        .put("required", required.addAll(part.getJsonArray("required", new JsonArray())));
  }
}
