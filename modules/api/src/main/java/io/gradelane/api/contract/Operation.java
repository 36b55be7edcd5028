package io.gradelane.api.contract;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One operation of the contract.
 *
 * @param id by which it is known
 * @param method in upper case
 * @param path elements in braces match anything
 * @param scope that a key must have
 * @param parameters of path, query and headers, those of the path item included
 * @param model all that the contract says of it
 */
public record Operation(
    String id,
    String method,
    String path,
    String scope,
    List<Parameter> parameters,
    JsonObject model) {

  public Operation {
    parameters = List.copyOf(parameters);
  }

  static Operation of(String path, String method, JsonObject item) {
    JsonObject model = item.getJsonObject(method);
    List<Parameter> parameters = new ArrayList<>();
    for (JsonObject owner : List.of(item, model)) {
      owner.getJsonArray("parameters", new JsonArray()).stream()
          .map(JsonObject.class::cast)
          .forEach(each -> parameters.add(Parameter.of(each)));
    }
    return new Operation(
        model.getString("operationId", method + " " + path),
        method.toUpperCase(Locale.ROOT),
        path,
        scope(model.getJsonArray("security", new JsonArray())),
        parameters,
        model);
  }

  /** Every way to show a key asks for the same scope. */
  private static String scope(JsonArray security) {
    List<String> scopes = security.stream()
        .flatMap(way -> ((JsonObject) way).stream())
        .flatMap(scheme -> ((JsonArray) scheme.getValue()).stream())
        .map(String::valueOf)
        .distinct()
        .toList();
    return String.join(", ", scopes);
  }
}
