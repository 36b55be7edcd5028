package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out which languages there are, by asking each tool for its version exactly as a program would be run: confined,
 * under a run's uid. A tool that only we can enter is not there.
 */
final class Discovery {

  /** Shared by the sandboxes of this process that confine alike; tools don't come and go under a running server. */
  private static final Map<Jail, Toolbox> KNOWN = new ConcurrentHashMap<>();

  private static final Limits LIMITS = new Limits(10, 0, 1 << 20, 256, 1 << 16);

  private record Candidate(
      String id,
      List<String> tools,
      String versionOf,
      String pattern,
      Function<List<Path>, Language> make) {}

  private static final List<Candidate> CANDIDATES = List.of(
      candidate(
          "java",
          List.of("java", "javac"),
          "-version",
          "version \"?([0-9._]+)",
          t -> new JavaLanguage(t.get(1), t.get(0))),
      candidate(
          "octave",
          List.of("octave"),
          "--version --norc --no-window-system --silent",
          "version ([0-9.]+)",
          t -> new OctaveLanguage(t.get(0))),
      candidate("c", List.of("gcc"), "--version", "\\) ([0-9.]+)", t -> GnuLanguage.c(t.get(0))),
      candidate(
          "cpp", List.of("g++"), "--version", "\\) ([0-9.]+)", t -> GnuLanguage.cpp(t.get(0))),
      candidate(
          "nodejs", List.of("node"), "--version", "v([0-9.]+)", t -> new NodeLanguage(t.get(0))),
      candidate(
          "nodejs", List.of("nodejs"), "--version", "v([0-9.]+)", t -> new NodeLanguage(t.get(0))),
      candidate("pascal", List.of("fpc"), "-iV", "([0-9.]+)", t -> new PascalLanguage(t.get(0))),
      candidate(
          "php", List.of("php"), "--version", "PHP ([0-9.]+)", t -> new PhpLanguage(t.get(0))),
      candidate(
          "python3",
          List.of("python3"),
          "--version",
          "Python ([0-9.]+)",
          t -> new PythonLanguage(t.get(0))));

  private final Warden warden;
  private final Path runs;
  private final int uid;

  private Discovery(Warden warden, Path runs, int uid) {
    this.warden = warden;
    this.runs = runs;
    this.uid = uid;
  }

  private static Candidate candidate(
      String id,
      List<String> tools,
      String versionOf,
      String pattern,
      Function<List<Path>, Language> make) {
    return new Candidate(id, tools, versionOf, pattern, make);
  }

  /** Blocks for as long as the slowest tools take, about a second, the first time. */
  static Toolbox toolbox(Warden warden, Path runs, int uid) throws InterruptedException {
    synchronized (KNOWN) {
      Toolbox known = KNOWN.get(warden.jail());
      if (known == null) {
        known = new Discovery(warden, runs, uid).search();
        KNOWN.put(warden.jail(), known);
      }
      return known;
    }
  }

  private Toolbox search() throws InterruptedException {
    TreeMap<String, Toolbox.Found> found = new TreeMap<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(atOnce())) {
      List<Callable<Optional<Toolbox.Found>>> searches = new ArrayList<>();
      CANDIDATES.forEach(candidate -> searches.add(() -> search(candidate)));
      List<Future<Optional<Toolbox.Found>>> results = threads.invokeAll(searches);
      for (int i = 0; i < results.size(); i++) {
        String id = CANDIDATES.get(i).id();
        result(results.get(i)).ifPresent(language -> found.putIfAbsent(id, language));
      }
    }
    List<String> missing = CANDIDATES.stream()
        .map(Candidate::id)
        .distinct()
        .filter(id -> !found.containsKey(id))
        .sorted()
        .toList();
    return new Toolbox(found, missing);
  }

  /** Asking takes longer than it costs; but where leftovers are killed by uid, one question would kill the other. */
  private int atOnce() {
    return warden.jail().leavesProcesses() ? 1 : 2;
  }

  private static Optional<Toolbox.Found> result(Future<Optional<Toolbox.Found>> result)
      throws InterruptedException {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("language could not be looked up", e.getCause());
    }
  }

  /** Takes the first place of the first tool that answers, and the others from the same folder. */
  private Optional<Toolbox.Found> search(Candidate candidate)
      throws IOException, InterruptedException {
    for (Path first : Tools.candidates(candidate.tools().getFirst())) {
      List<Path> tools = candidate.tools().stream().map(first::resolveSibling).toList();
      Optional<String> version = version(tools, candidate);
      if (version.isPresent()) {
        return Optional.of(new Toolbox.Found(candidate.make().apply(tools), version.get()));
      }
    }
    return Optional.empty();
  }

  private Optional<String> version(List<Path> tools, Candidate candidate)
      throws IOException, InterruptedException {
    StringBuilder line = new StringBuilder();
    tools.forEach(tool -> line.append("test -x ").append(tool).append(" && "));
    line.append(tools.getFirst()).append(' ').append(candidate.versionOf()).append(" 2>&1");
    Finished finished =
        Trial.run(warden, runs, uid, line.toString(), LIMITS, new SplittableRandom());
    if (finished.exit() != 0 || finished.stdout().isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = Pattern.compile(candidate.pattern()).matcher(finished.stdout());
    return Optional.of(matcher.find() ? matcher.group(1) : "Unknown");
  }
}
