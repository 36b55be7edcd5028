package io.gradelane.launcher.remote;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Files made into jobs: programs, by their language, and run specs as JSON. */
final class Programs {

  private static final Map<String, String> LANGUAGES = new TreeMap<>(Map.of(
      "py", "python3", "c", "c", "cpp", "cpp", "cc", "cpp", "java", "java", "js", "nodejs", "php",
      "php", "pas", "pascal", "m", "octave"));

  private Programs() {}

  /**
   * The job that runs {@code file}.
   *
   * @param language or null to tell by the file's ending
   * @param input for its standard input, or null
   */
  static JsonObject job(Path file, @Nullable String language, @Nullable String input) {
    String name = String.valueOf(file.getFileName());
    String text = read(file);
    JsonObject spec = language == null && ending(name).equals("json")
        ? spec(file, text)
        : program(name, text, language);
    if (input != null) {
      spec.put("input", input);
    }
    return new JsonObject().put("ref", name).put("run_spec", spec);
  }

  private static JsonObject program(String name, String text, @Nullable String language) {
    String known = language == null ? LANGUAGES.get(ending(name)) : language;
    if (known == null) {
      throw new Trouble(
          name + ": no language is known for this ending (--language names it; known: "
              + String.join(", ", LANGUAGES.keySet()) + ")");
    }
    JsonObject spec = new JsonObject().put("language_id", known).put("sourcecode", text);
    return known.equals("java") ? spec.put("sourcefilename", name) : spec;
  }

  private static JsonObject spec(Path file, String text) {
    try {
      JsonObject json = new JsonObject(text);
      JsonObject inner = json.getJsonObject("run_spec");
      return inner == null ? json : inner;
    } catch (DecodeException | ClassCastException e) {
      throw new Trouble(file + ": is no JSON object (expected: a run_spec)");
    }
  }

  private static String ending(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1);
  }

  /** The text of a file, or of the standard input for a dash. */
  static String read(Path file) {
    try {
      return file.toString().equals("-")
          ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new Trouble(file + ": there is no such file");
    } catch (IOException e) {
      throw new Trouble(file + ": can't be read: " + Nodes.reason(e));
    }
  }
}
