package io.gradelane.settings;

import io.gradelane.settings.Tree.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The variables that begin with {@code GRADELANE_}: any key of the file, by another road. Remembers which ones were
 * asked for, so that one that matches no key is found.
 */
final class Environment {

  private static final String PREFIX = "GRADELANE_";

  /** Read by {@code bin/gradelane} and the command line, not settings. */
  private static final Set<String> NOT_SETTINGS = Set.of(
      "GRADELANE_CONFIG",
      "GRADELANE_HOME",
      "GRADELANE_JAVA_OPTS",
      "GRADELANE_KEY",
      "GRADELANE_URL",
      "GRADELANE_VERSION");

  /** What Kubernetes sets for every pod when a service is called gradelane. */
  private static final Pattern SERVICE_LINK = Pattern.compile(
      "GRADELANE_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT|PORT_\\d+_(TCP|UDP)(_.+)?)");

  private final Map<String, String> variables = new TreeMap<>();
  private final Set<String> asked = new TreeSet<>();
  private final Consumer<Problem> problems;

  Environment(Map<String, String> environment, Consumer<Problem> problems) {
    this.problems = problems;
    environment.forEach((name, value) -> {
      if (name.startsWith(PREFIX)
          && !NOT_SETTINGS.contains(name)
          && !value.isBlank()
          && !isServiceLink(name, value)) {
        variables.put(name, value);
      }
    });
  }

  /** {@code http.maxBody} as {@code GRADELANE_HTTP_MAX_BODY}. */
  static String nameOf(String path) {
    String words = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[^A-Za-z0-9]", "_");
    return PREFIX + words.toUpperCase(Locale.ROOT);
  }

  /** What the variable of this key says, or the file that its {@code _FILE} names. */
  Optional<Scalar> value(String path) {
    String name = nameOf(path);
    asked.add(name);
    String direct = variables.get(name);
    String file = variables.get(name + "_FILE");
    if (file != null) {
      asked.add(name + "_FILE");
    }
    if (direct != null && file != null) {
      problems.accept(new Problem(path, "", "one of " + name + " and " + name + "_FILE", ""));
    }
    if (direct != null) {
      return Optional.of(new Scalar(direct.strip(), "from " + name));
    }
    return file == null ? Optional.empty() : content(path, file, name + "_FILE");
  }

  private Optional<Scalar> content(String path, String file, String name) {
    try {
      return Optional.of(new Scalar(Files.readString(Path.of(file)).strip(), "from " + name));
    } catch (IOException | InvalidPathException e) {
      problems.accept(new Problem(path, file, "a file that can be read", "from " + name));
      return Optional.empty();
    }
  }

  /** To be called when all keys have been asked for: reports the variables that matched none. */
  void reportUnknown() {
    variables.forEach((name, value) -> {
      if (!asked.contains(name)) {
        String nearest =
            Nearest.to(name, asked).map(known -> ", such as " + known).orElse("");
        problems.accept(new Problem(name, "", "the name of a key" + nearest, "in the environment"));
      }
    });
  }

  private static boolean isServiceLink(String name, String value) {
    boolean link = SERVICE_LINK.matcher(name).matches();
    return link && (!name.endsWith("_PORT") || value.contains("://") || name.contains("_SERVICE_"));
  }
}
