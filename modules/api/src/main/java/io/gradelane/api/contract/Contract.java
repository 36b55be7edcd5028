package io.gradelane.api.contract;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The list of all operations of the interface, with their parameters, bodies and answers: {@code openapi.yaml}. Immutable.
 *
 * <p>Read by ourselves: what the framework has for it knows no streams of events and no lines of JSON, and refuses a
 * contract that names them.
 */
public final class Contract {

  /** Where it lies on the class path, and is served. */
  public static final String PATH = "/openapi.yaml";

  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private final String text;
  private final JsonObject document;
  private final List<Operation> operations;

  private Contract(String text) {
    this.text = text;
    Object loaded = new Load(LoadSettings.builder().build()).loadFromString(text);
    document = References.inlined(loaded);
    operations = List.copyOf(operations(document.getJsonObject("paths")));
  }

  /** Our own. Read once. */
  public static Contract ours() {
    return Ours.CONTRACT;
  }

  public static Contract of(String yaml) {
    return new Contract(yaml);
  }

  /** As it was written, for people and their tools. */
  public String text() {
    return text;
  }

  /** All of it, each reference replaced by what it points to. */
  public JsonObject document() {
    return document.copy();
  }

  public List<Operation> operations() {
    return operations;
  }

  private static List<Operation> operations(JsonObject paths) {
    List<Operation> all = new ArrayList<>();
    for (Map.Entry<String, Object> path : paths) {
      JsonObject item = (JsonObject) path.getValue();
      METHODS.stream()
          .filter(item::containsKey)
          .forEach(method -> all.add(Operation.of(path.getKey(), method, item)));
    }
    return all;
  }

  /** Loaded by its first use. */
  private static final class Ours {

    static final Contract CONTRACT = new Contract(read());

    private static String read() {
      try (InputStream in = Contract.class.getResourceAsStream(PATH)) {
        return new String(
            Objects.requireNonNull(in, "openapi.yaml is missing").readAllBytes(),
            StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
