package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the body of a {@code POST …/runs}, with Jobe's checks in Jobe's order; the first that fails answers. */
public final class RunReader {

  /** The largest {@code cputime}, in seconds; its fraction is not looked at. */
  private static final int MAX_CPU_SECONDS = 120;

  /** A name that CodeRunner once sent for every Java program, right or wrong; Jobe ignores it. */
  private static final String LEGACY_JAVA_NAME = "prog.java";

  private RunReader() {}

  /** @param knownLanguage asked with a lower-case id */
  public static Reading read(Buffer body, Predicate<String> knownLanguage) {
    try {
      return new Reading.Valid(spec(body, knownLanguage));
    } catch (Objection e) {
      return new Reading.Invalid(e.answer());
    }
  }

  private static RunSpec spec(Buffer body, Predicate<String> knownLanguage) throws Objection {
    Json.Obj root = root(body);
    Json.Obj run = runSpec(root);
    Json source = requiredText(run, "sourcecode");
    String language = language(run, knownLanguage);
    Json input = set(run, "input");
    checkText("input", input);
    boolean debug = debug(set(run, "debug"));
    Parameters parameters = Parameters.of(set(run, "parameters"));
    checkCpuTime(parameters);
    String name = sourceFileName(set(run, "sourcefilename"));
    List<FileRef> files = files(set(run, "file_list"));
    return new RunSpec(
        root, run, body.length(), language, source, input, name, files, parameters, debug);
  }

  private static Json.Obj root(Buffer body) throws Objection {
    try {
      if (body.length() > 0 && PhpJson.parse(body) instanceof Json.Obj object) {
        return object;
      }
    } catch (PhpJsonException e) {
      throw Objection.thrown("Failed to parse JSON string. Error: " + e.getMessage());
    }
    throw Objection.badRequest("Non-JSON post data received");
  }

  private static Json.Obj runSpec(Json.Obj root) throws Objection {
    Json run = root.get("run_spec");
    if (run == null) {
      throw Objection.thrown("Undefined property: stdClass::$run_spec");
    }
    if (!(run instanceof Json.Obj object)) {
      throw Objection.badRequest("No run_spec attribute found in post data");
    }
    return object;
  }

  /** The value if it is there and not null, as PHP's {@code isset} has it. */
  private static @Nullable Json set(Json.Obj run, String key) {
    Json value = run.get(key);
    return value == Json.Null.NULL ? null : value;
  }

  private static Json requiredText(Json.Obj run, String key) throws Objection {
    Json value = set(run, key);
    if (value == null) {
      throw Objection.badRequest("run_spec is missing the required attribute '" + key + "'");
    }
    checkText(key, value);
    return value;
  }

  /** Nothing is decoded here: a source may be long, and this node need not know it. */
  private static void checkText(String key, @Nullable Json value) throws Objection {
    if (value instanceof Json.Obj || value instanceof Json.Arr) {
      throw unassignable(value, key, "string");
    }
  }

  private static Objection unassignable(Json value, String property, String type) {
    return Objection.thrown("Cannot assign " + PhpText.typeName(value)
        + " to property Jobe\\RunSpecifier::$" + property + " of type " + type);
  }

  private static String language(Json.Obj run, Predicate<String> knownLanguage) throws Objection {
    Json id = requiredText(run, "language_id");
    String language = PhpText.lowerCase(Objects.requireNonNull(PhpText.string(id)));
    if (!knownLanguage.test(language)) {
      throw Objection.badRequest("Language '" + language + "' is not known");
    }
    return language;
  }

  private static boolean debug(@Nullable Json value) throws Objection {
    return switch (value) {
      case null -> false;
      case Json.Obj object -> throw unassignable(object, "debug", "bool");
      case Json.Arr array -> throw unassignable(array, "debug", "bool");
      case Json.Bool bool -> bool.value();
      case Json.Num number -> Double.parseDouble(number.literal()) != 0;
      case Json.Str text -> !text.value().isEmpty() && !text.value().equals("0");
      case Json.Null ignored -> false;
    };
  }

  private static void checkCpuTime(Parameters parameters) throws Objection {
    Json value = parameters.get("cputime");
    if (value instanceof Json.Obj) {
      throw Objection.thrown("Object of class stdClass could not be converted to int");
    }
    if (value != null && PhpText.intval(value) > MAX_CPU_SECONDS) {
      throw Objection.badRequest(
          "cputime exceeds maximum allowed on this Jobe server (" + MAX_CPU_SECONDS + " secs)");
    }
  }

  private static String sourceFileName(@Nullable Json value) throws Objection {
    return switch (value) {
      case null -> "";
      case Json.Str text
      when SourceFileName.isLegal(text.value()) ->
        text.value().equals(LEGACY_JAVA_NAME) ? "" : text.value();
      case Json.Arr ignored ->
        throw Objection.thrown(
            "ltrim(): Argument #1 ($string) must be of type string, array given");
      case Json.Obj ignored ->
        throw Objection.thrown(
            "preg_replace(): Argument #3 ($subject) must be of type array|string, stdClass given");
      default -> throw Objection.badRequest("The sourcefilename for the run_spec is illegal");
    };
  }

  private static List<FileRef> files(@Nullable Json value) throws Objection {
    List<FileRef> files = new ArrayList<>();
    for (Json item : items(value)) {
      files.add(file(item));
    }
    return files;
  }

  private static Collection<Json> items(@Nullable Json value) throws Objection {
    return switch (value) {
      case null -> List.of();
      case Json.Arr array -> array.items();
      case Json.Obj object -> object.members().values();
      default ->
        throw Objection.thrown("foreach() argument must be of type array|object, "
            + PhpText.typeName(value) + " given");
    };
  }

  private static FileRef file(Json item) throws Objection {
    if (!(item instanceof Json.Arr array)) {
      throw Objection.thrown("count(): Argument #1 ($value) must be of type Countable|array, "
          + PhpText.typeName(item) + " given");
    }
    List<Json> parts = array.items();
    if ((parts.size() == 2 || parts.size() == 3)
        && parts.get(0) instanceof Json.Str id
        && parts.get(1) instanceof Json.Str name
        && FileId.isValidInList(id.value())
        && FileId.isValidName(name.value())) {
      return new FileRef(id.value(), name.value());
    }
    throw Objection.badRequest("Invalid file specifier: " + PhpText.printed(array));
  }
}
