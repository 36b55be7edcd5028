package io.gradelane.api.v1;

import io.gradelane.api.contract.Fault;
import io.gradelane.api.contract.Operation;
import io.gradelane.api.contract.Parameter;
import io.gradelane.api.contract.Shape;
import io.gradelane.api.v1.Problem.Wrong;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands before the room of one operation and compares each call with the contract: the query always, the body unless the
 * room checks it itself. Elements of the path and headers are the room's.
 */
final class Inspection implements Consumer<Call> {

  private final Map<String, Parameter> parameters = new TreeMap<>();
  private final Map<String, Shape> shapes = new TreeMap<>();
  private final @Nullable Shape body;
  private final Consumer<Call> room;

  Inspection(Operation operation, Consumer<Call> room) {
    this.room = room;
    operation.parameters().stream()
        .filter(each -> each.in().equals("query"))
        .forEach(each -> parameters.put(each.name(), each));
    parameters.forEach((name, parameter) -> shapes.put(name, new Shape(parameter.schema())));
    body = operation.bodySchema().map(Shape::new).orElse(null);
  }

  @Override
  public void accept(Call call) {
    Problem problem = query(call.exchange().target().query());
    problem = problem == null ? body(call.body()) : problem;
    if (problem == null) {
      room.accept(call);
    } else {
      call.fail(problem);
    }
  }

  /** What is wrong with the query, the first of it; null if nothing is. That it can be read the router has seen. */
  private @Nullable Problem query(@Nullable String query) {
    return parameters(new QueryStringDecoder(query == null ? "" : query, false).parameters());
  }

  private @Nullable Problem parameters(Map<String, List<String>> given) {
    for (Map.Entry<String, List<String>> each : given.entrySet()) {
      for (String text : each.getValue()) {
        Problem problem = parameter(each.getKey(), text);
        if (problem != null) {
          return problem;
        }
      }
    }
    return parameters.values().stream()
        .filter(each -> each.required() && !given.containsKey(each.name()))
        .findFirst()
        .map(each -> new Problem(400, "invalid", each.name() + ": nothing (expected: a value)"))
        .orElse(null);
  }

  private @Nullable Problem parameter(String name, String text) {
    Parameter parameter = parameters.get(name);
    Shape shape = shapes.get(name);
    if (parameter == null || shape == null) {
      return new Problem(400, "invalid", name + ": unknown (expected: " + known() + ")");
    }
    List<Fault> faults = shape.faults(parameter.read(text));
    return faults.isEmpty() ? null : Problem.query(name, text, faults.getFirst().expected());
  }

  private String known() {
    return parameters.isEmpty()
        ? "no parameters"
        : "one of " + String.join(", ", parameters.keySet());
  }

  /** Everything that is wrong with the body; null if nothing is, or the room looks itself. */
  private @Nullable Problem body(Buffer text) {
    if (body == null) {
      return null;
    }
    try {
      List<Wrong> wrong = body.faults(new JsonObject(text)).stream()
          .map(fault -> new Wrong(fault.pointer(), fault.words()))
          .toList();
      return wrong.isEmpty()
          ? null
          : new Problem(422, "invalid", "The body is not as expected", wrong);
    } catch (DecodeException | ClassCastException malformed) {
      return new Problem(400, "malformed", "The body is not a JSON object");
    }
  }
}
