package io.gradelane.launcher.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code batch}: submits a file of jobs. */
@Command(
    name = "batch",
    mixinStandardHelpOptions = true,
    description = {
      "Submit a batch, and print its id.",
      "The file is what POST /api/v1/batches takes: one object, or a job ({\"ref\": ..., \"run_spec\": ...}) on each",
      "line, of which the first may be the head (lane, name, template ...)."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:submitted; with --watch: all jobs are finished",
      "1:it failed; with --watch also: some are dead or cancelled",
      "2:wrong usage"
    })
final class BatchCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "JSON, or a job a line; - is standard input.")
  private Path file = Path.of("-");

  @Option(names = "--lane", paramLabel = "LANE", description = "Where they wait.")
  private @Nullable String lane;

  @Option(names = "--name", paramLabel = "NAME", description = "What people call it.")
  private @Nullable String name;

  @Option(names = "--watch", description = "Watch it until it has ended.")
  private boolean watch;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "table or json; ${DEFAULT-VALUE} unless given.")
  private Format format = Format.TABLE;

  @Mixin
  private final Reach reach;

  private final boolean terminal;

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  BatchCommand(Reach reach, boolean terminal) {
    this.reach = reach;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Format.TABLE_OR_JSON.check(format, spec);
    PrintWriter out = spec.commandLine().getOut();
    JsonObject body = body(file, Programs.read(file));
    try (Nodes nodes = reach.open()) {
      JsonObject kept = nodes.post("/api/v1/batches", named(body));
      String id = kept.getString("id");
      out.println(format == Format.JSON ? kept.encode() : id);
      out.flush();
      Screen screen = new Screen(out, reach.environment(), terminal, System.out.charset());
      return watch ? new BatchWatch(nodes, screen, format).run(id) : 0;
    }
  }

  private JsonObject named(JsonObject body) {
    if (lane != null) {
      body.put("lane", lane);
    }
    return name == null ? body : body.put("name", name);
  }

  static JsonObject body(Path file, String text) {
    List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
    JsonObject whole = object(text);
    if (whole != null && (whole.containsKey("jobs") || lines.size() != 1)) {
      return whole;
    }
    List<JsonObject> objects = objects(file, lines);
    boolean headed = !objects.isEmpty() && isHead(objects.getFirst());
    JsonObject head = headed ? objects.getFirst() : new JsonObject();
    return head.put("jobs", new JsonArray(objects.subList(headed ? 1 : 0, objects.size())));
  }

  /** A job has a run to describe; what stands before all jobs does not. */
  private static boolean isHead(JsonObject first) {
    return !first.containsKey("run_spec") && !first.containsKey("ref");
  }

  private static List<JsonObject> objects(Path file, List<String> lines) {
    List<JsonObject> objects = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      JsonObject object = object(lines.get(i));
      if (object == null) {
        throw new Trouble(file + ", line " + (i + 1) + ": '" + Table.brief(lines.get(i), 40)
            + "' (expected: a job as a JSON object)");
      }
      objects.add(object);
    }
    return objects;
  }

  private static @Nullable JsonObject object(String text) {
    try {
      return new JsonObject(text);
    } catch (DecodeException | ClassCastException none) {
      return null;
    }
  }
}
