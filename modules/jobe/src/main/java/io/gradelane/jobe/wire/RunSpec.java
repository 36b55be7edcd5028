package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run as its client asked for it, checked. It keeps the whole body, so that all of it can be sent on. */
public final class RunSpec {

  private static final String OVERLOAD_TEST = "!** TESTING OVERLOAD EXCEPTION **!";
  private static final double DEFAULT_CPU_SECONDS = 5;

  /** Jobe's check of {@code cputime} wraps around at 2^63, so numbers beyond it pass; they must not be believed. */
  private static final int MOST_CPU_SECONDS = 121;

  /** By how much new file ids may make it longer before it has to be moved. */
  private static final int ROOM = 256;

  private final Json.Obj root;
  private final Json.Obj run;
  private final int length;
  private final String language;
  private final Json source;
  private final @Nullable Json input;
  private final String sourceFileName;
  private final List<FileRef> files;
  private final Parameters parameters;
  private final boolean debug;

  RunSpec(
      Json.Obj root,
      Json.Obj run,
      int length,
      String language,
      Json source,
      @Nullable Json input,
      String sourceFileName,
      List<FileRef> files,
      Parameters parameters,
      boolean debug) {
    this.root = root;
    this.run = run;
    this.length = length;
    this.language = language;
    this.source = source;
    this.input = input;
    this.sourceFileName = sourceFileName;
    this.files = List.copyOf(files);
    this.parameters = parameters;
    this.debug = debug;
  }

  /** Lower case, and known to the predicate that it was read with. */
  public String language() {
    return language;
  }

  public String source() {
    return text(source);
  }

  /** The program's standard input, perhaps empty. */
  public String input() {
    return input == null ? "" : text(input);
  }

  /** Empty for the language's default. */
  public String sourceFileName() {
    return sourceFileName;
  }

  public List<FileRef> files() {
    return files;
  }

  public Parameters parameters() {
    return parameters;
  }

  public boolean debug() {
    return debug;
  }

  /** CPU seconds as the server will compute them; at most 121, and at 0 or below the server refuses to run. */
  public double cpuSeconds() {
    return Math.min(parameters.number("cputime", DEFAULT_CPU_SECONDS), MOST_CPU_SECONDS);
  }

  /** Tells sources apart, but for chance; the same text written in two ways counts as two. */
  public int fingerprint() {
    StringLiteral literal = source instanceof Json.Str string ? string.written() : null;
    return literal == null ? source.hashCode() : literal.fingerprint();
  }

  /** Whether the source is the text by which Jobe's own tests ask for the overload answer. */
  public boolean testsOverload() {
    return source instanceof Json.Str text
        && (text.written() == null || text.written().mayBe(OVERLOAD_TEST))
        && text.value().equals(OVERLOAD_TEST);
  }

  /** The body to send to a server: this one under {@code rules}, with every other key, its value and its place. */
  public Buffer forwardBody(Forward rules) {
    Map<String, Json> members = new LinkedHashMap<>(root.members());
    members.put("run_spec", forwardRun(rules));
    return PhpJson.copy(new Json.Obj(members), length + ROOM);
  }

  private Json forwardRun(Forward rules) {
    Map<String, Json> members = new LinkedHashMap<>(run.members());
    members.remove("jobeserver");
    members.remove("debug");
    members.computeIfPresent("parameters", (key, value) -> forwardParameters(value, rules));
    members.computeIfPresent("file_list", (key, value) -> forwardFiles(value, rules));
    return new Json.Obj(members);
  }

  private static Json forwardParameters(Json json, Forward rules) {
    if (!(json instanceof Json.Obj object)) {
      return json;
    }
    Map<String, Json> members = new LinkedHashMap<>(object.members());
    members.remove("jobeapikey");
    members.computeIfPresent("cputime", (key, value) -> clamp(value, MOST_CPU_SECONDS, false));
    members.computeIfPresent(
        "streamsize", (key, value) -> clamp(value, rules.maxStreamMb(), false));
    members.computeIfPresent(
        "memorylimit", (key, value) -> clamp(value, rules.maxMemoryMb(), true));
    members.computeIfPresent("numprocs", (key, value) -> clamp(value, rules.maxProcesses(), false));
    return new Json.Obj(members);
  }

  private static Json clamp(Json value, int most, boolean zeroIsUnbounded) {
    Double number = PhpText.numeric(value);
    boolean tooMuch = number != null && (number > most || (zeroIsUnbounded && number == 0));
    return tooMuch ? Json.Num.of(most) : value;
  }

  private static Json forwardFiles(Json json, Forward rules) {
    return switch (json) {
      case Json.Arr array -> {
        List<Json> items = new ArrayList<>();
        array.items().forEach(item -> items.add(forwardFile(item, rules)));
        yield new Json.Arr(items);
      }
      case Json.Obj object -> {
        Map<String, Json> members = new LinkedHashMap<>(object.members());
        members.replaceAll((key, item) -> forwardFile(item, rules));
        yield new Json.Obj(members);
      }
      default -> json;
    };
  }

  private static Json forwardFile(Json item, Forward rules) {
    if (!(item instanceof Json.Arr file) || !(file.items().getFirst() instanceof Json.Str id)) {
      return item;
    }
    List<Json> parts = new ArrayList<>(file.items());
    parts.set(0, new Json.Str(rules.fileIds().getOrDefault(id.value(), id.value())));
    return new Json.Arr(parts);
  }

  /** The reader has seen that it can be a text. */
  private static String text(Json json) {
    return Objects.requireNonNull(PhpText.string(json));
  }

  @Override
  public String toString() {
    return "RunSpec[" + language + ", " + files.size() + " files]";
  }
}
