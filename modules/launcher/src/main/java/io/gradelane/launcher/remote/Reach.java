package io.gradelane.launcher.remote;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which nodes a command speaks to, and with which key; an option of each of these commands. */
final class Reach {

  private static final String DEFAULT = "http://127.0.0.1:8080";

  private final Map<String, String> environment;

  @Option(
      names = "--url",
      paramLabel = "URL",
      split = ",",
      description = {
        "A node, or several with commas between; else those of GRADELANE_URL, else " + DEFAULT
            + ".",
        "A key is taken from GRADELANE_KEY."
      })
  private List<String> urls = new ArrayList<>();

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  Reach(Map<String, String> environment) {
    this.environment = environment;
  }

  /** To be closed by whoever asked. */
  Nodes open() {
    List<String> given = urls.isEmpty()
        ? List.of(environment.getOrDefault("GRADELANE_URL", DEFAULT).split(","))
        : urls;
    return new Nodes(given.stream().map(this::node).toList(), key());
  }

  Map<String, String> environment() {
    return environment;
  }

  private @Nullable String key() {
    String key = environment.get("GRADELANE_KEY");
    return key == null || key.isBlank() ? null : key.strip();
  }

  private URI node(String text) {
    try {
      URI uri = URI.create(text.strip().replaceFirst("/+$", ""));
      if (uri.getHost() != null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (IllegalArgumentException none) {
      // said below
    }
    throw new ParameterException(
        spec.commandLine(), "URL: '" + text + "' (expected: such as " + DEFAULT + ")");
  }
}
