package io.gradelane.api.v1;

import io.gradelane.api.contract.Contract;
import io.gradelane.api.contract.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An operation of the contract and the route that answers it. */
record Bound(Operation operation, Route route) {

  /**
   * Binds each operation to its one route.
   *
   * @throws IllegalStateException naming everything in which they differ: a node that answers something else than it
   *     says must not start
   */
  static List<Bound> all(Contract contract, List<Route> routes) {
    Map<String, Operation> open = new LinkedHashMap<>();
    contract.operations().forEach(each -> open.put(each.method() + " " + each.path(), each));
    List<Bound> bound = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    for (Route route : routes) {
      Operation operation = open.remove(route.entry());
      if (operation == null) {
        differences.add(
            "the contract does not have " + route.entry() + ", or it is answered twice");
      } else if (!operation.scope().equals(route.scope())) {
        differences.add(route.entry() + ": scope '" + route.scope() + "' (the contract: '"
            + operation.scope() + "')");
      } else {
        bound.add(new Bound(operation, route));
      }
    }
    open.forEach((entry, left) ->
        differences.add("nobody answers " + left.id() + " of the contract: " + entry));
    if (!differences.isEmpty()) {
      throw new IllegalStateException("openapi.yaml: " + String.join("; ", differences));
    }
    return bound;
  }
}
