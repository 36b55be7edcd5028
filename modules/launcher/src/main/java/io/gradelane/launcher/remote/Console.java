package io.gradelane.launcher.remote;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all of these commands share: which nodes they speak to, with which key, and how they write. */
final class Console {

  private static final String DEFAULT = "http://127.0.0.1:8080";
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

  private final Map<String, String> environment;
  private final boolean terminal;

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

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "table",
      completionCandidates = Usual.class,
      description = "How it writes: table or json; ${DEFAULT-VALUE} unless given.")
  private String format = "";

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** What the shell offers for {@code --output}. */
  private static final class Usual implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Format.TABLE_OR_JSON.iterator();
    }
  }

  /** @param terminal whether a person reads what is written */
  Console(Map<String, String> environment, boolean terminal) {
    this.environment = environment;
    this.terminal = terminal;
  }

  /** To be closed by whoever asked. */
  Nodes open() {
    List<String> given = urls.isEmpty()
        ? List.of(environment.getOrDefault("GRADELANE_URL", DEFAULT).split(","))
        : urls;
    return new Nodes(given.stream().map(this::node).toList(), key());
  }

  /** How it is to be written, which must be one of {@code known}. */
  Format format(Format.Known known) {
    return known.read(format).orElseThrow(() -> wrong("--output", format, known.words()));
  }

  /** Offers also those formats that most commands don't know. */
  static CommandLine with(Format.Known known, CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    OptionSpec usual = spec.findOption("--output");
    spec.remove(usual)
        .addOption(OptionSpec.builder(usual)
            .completionCandidates(known)
            .description("How it writes: " + known.words() + "; ${DEFAULT-VALUE} unless given.")
            .build());
    return command;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** @throws HungUp if nobody reads any more */
  void say(String line) {
    out().println(line);
    HungUp.check(out());
  }

  /** Beside what is written. */
  void complain(String line) {
    err().println("gradelane: " + line);
    err().flush();
  }

  /** Where lines can be drawn again, if a person looks. */
  Screen screen(PrintWriter writer) {
    return new Screen(writer, environment, terminal, System.out.charset());
  }

  /** What is no id is wrong usage. */
  String id(String text, String label) {
    String id = text.strip();
    if (!ID.matcher(id).matches()) {
      throw wrong(label, text, "an id, as submitting printed it");
    }
    return id;
  }

  /** How a person writes moments, who is where this command runs. */
  Moments moments() {
    return new Moments(InstantSource.system(), ZoneId.systemDefault());
  }

  /** What is no moment is wrong usage. */
  Instant moment(String option, String typed) {
    return moments().read(typed).orElseThrow(() -> wrong(option, typed, Moments.EXPECTED));
  }

  /** What is typed at all must be one of {@code known}. */
  @Nullable
  String oneOf(List<String> known, String option, @Nullable String typed) {
    if (typed != null && !known.contains(typed)) {
      throw wrong(option, typed, "one of " + String.join(", ", known));
    }
    return typed;
  }

  /** What a person typed is not what was expected. */
  ParameterException wrong(String name, String found, String expected) {
    return new ParameterException(
        spec.commandLine(), name + ": '" + found + "' (expected: " + expected + ")");
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
    throw wrong("URL", text, "such as " + DEFAULT);
  }
}
