package io.gradelane.settings;

import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Items;
import io.gradelane.settings.Tree.Scalar;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of the configuration, read key by key: the environment first, then the file, then the default. A value
 * that is wrong is reported and replaced by the default, so that reading goes on to the next problem.
 */
final class Section {

  private final String path;
  private final Branch branch;
  private final Source source;
  private final Set<String> asked = new TreeSet<>();

  Section(String path, Branch branch, Source source) {
    this.path = path;
    this.branch = branch;
    this.source = source;
  }

  String path() {
    return path;
  }

  String where() {
    return branch.where();
  }

  /** The keys that stand in the file. */
  Set<String> keys() {
    return branch.children().keySet();
  }

  /** Any text; {@code fallback} where there is none. */
  String text(String key, String fallback) {
    return read(key, fallback, Optional::of, "a text");
  }

  @Nullable
  String textOrNull(String key) {
    return scalar(key).map(Scalar::text).filter(text -> !text.isEmpty()).orElse(null);
  }

  /** A text that {@code pattern} matches whole. */
  String text(String key, String fallback, String pattern, String expected) {
    return read(key, fallback, text -> Optional.of(text).filter(t -> t.matches(pattern)), expected);
  }

  String oneOf(String key, String fallback, Collection<String> words) {
    return read(
        key,
        fallback,
        text -> Optional.of(text).filter(words::contains),
        "one of " + String.join(", ", words));
  }

  int integer(String key, int fallback, int least, int most) {
    return read(
        key,
        fallback,
        text -> wholeNumber(text).filter(n -> n >= least && n <= most),
        most == Integer.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most);
  }

  /** A count, or the word {@code unlimited}. */
  int count(String key, int fallback, int least) {
    return read(
        key,
        fallback,
        text -> text.equals("unlimited")
            ? Optional.of(Integer.MAX_VALUE)
            : wholeNumber(text).filter(n -> n >= least),
        "a whole number of at least " + least + ", or unlimited");
  }

  double number(String key, double fallback, double least, double most) {
    return read(
        key,
        fallback,
        text -> decimal(text).filter(n -> n >= least && n <= most),
        "a number from " + plain(least) + " to " + plain(most));
  }

  /** A number above zero. */
  double weight(String key, double fallback) {
    return read(
        key,
        fallback,
        text -> decimal(text).filter(n -> n > 0 && n <= 1_000_000),
        "a number above zero");
  }

  boolean flag(String key, boolean fallback) {
    return read(
        key,
        fallback,
        text -> switch (text) {
          case "true" -> Optional.of(true);
          case "false" -> Optional.of(false);
          default -> Optional.empty();
        },
        "true or false");
  }

  /** A duration above zero. */
  Duration duration(String key, Duration fallback) {
    return read(
        key,
        fallback,
        text -> Units.duration(text).filter(Duration::isPositive),
        text -> Units.duration(text).isPresent()
            ? "above zero"
            : "a duration such as " + Units.show(fallback));
  }

  /** A duration of zero or more. */
  Duration durationOrZero(String key, Duration fallback) {
    return read(key, fallback, Units::duration, "a duration such as 5s, or 0s");
  }

  long size(String key, long fallback, long least) {
    return read(
        key,
        fallback,
        text -> Units.size(text).filter(bytes -> bytes >= least),
        "a size such as " + Units.show(fallback)
            + (least > 0 ? ", at least " + Units.show(least) : ""));
  }

  /** A path; one from the file is relative to the file's folder, one from the environment to the working directory. */
  Path file(String key, Path fallback) {
    return pathOf(key).orElse(fallback);
  }

  Optional<Path> pathOf(String key) {
    Optional<Scalar> given = scalar(key);
    try {
      return given.map(scalar -> isFromEnvironment(scalar)
          ? Path.of(scalar.text()).toAbsolutePath().normalize()
          : source.folder().resolve(scalar.text()).normalize());
    } catch (InvalidPathException e) {
      given.ifPresent(scalar -> report(key, scalar, "a path"));
      return Optional.empty();
    }
  }

  /** A URI of one of these schemes. */
  @Nullable
  URI uri(String key, Set<String> schemes) {
    Optional<Scalar> given = scalar(key);
    Optional<URI> uri = given.flatMap(scalar -> Uris.parse(scalar.text(), schemes));
    if (given.isPresent() && uri.isEmpty()) {
      report(key, "a URL of " + String.join(" or ", new TreeSet<>(schemes)) + " with a host");
    }
    return uri.orElse(null);
  }

  /** A list of words; in the environment they stand between commas. */
  List<String> words(String key, List<String> fallback) {
    return switch (find(key)) {
      case Absent absent -> fallback;
      case Scalar scalar -> split(scalar.text());
      case Items items ->
        items.items().stream().flatMap(item -> word(key, item).stream()).toList();
      case Branch branchHere -> {
        report(key, branchHere, "a list of words");
        yield fallback;
      }
    };
  }

  /** A mapping; an empty one if it is not there. */
  Section section(String key) {
    return new Section(at(key), asBranch(key, structure(key)), source);
  }

  /** A mapping from names to mappings, or null if it is not there. */
  @Nullable
  Map<String, Section> named(String key) {
    Tree tree = structure(key);
    if (tree instanceof Absent) {
      return null;
    }
    Map<String, Section> sections = new LinkedHashMap<>();
    asBranch(key, tree)
        .children()
        .forEach((name, child) -> sections.put(
            name, new Section(at(key) + "." + name, asBranch(key + "." + name, child), source)));
    return sections;
  }

  /** The items of a list, as trees: what each may be is the caller's to say. */
  List<Tree> items(String key) {
    return switch (structure(key)) {
      case Absent absent -> List.of();
      case Items items -> items.items();
      case Scalar scalar
      when isFromEnvironment(scalar) ->
        split(scalar.text()).stream()
            .<Tree>map(text -> new Scalar(text, scalar.where()))
            .toList();
      case Tree other -> {
        report(key, other, "a list");
        yield List.of();
      }
    };
  }

  /** One of the items of {@code key}, under a name, so that the environment can speak of it. */
  Section item(String key, String name, Branch item) {
    return new Section(at(key) + "." + name, item, source);
  }

  void report(String key, Tree value, String expected) {
    source.report(new Problem(at(key), value.shown(), expected, value.where()));
  }

  /** Reports {@code key} with what is said of it now; never a value from a {@code _FILE}. */
  void report(String key, String expected) {
    Tree value = find(key);
    String shown = value.where().endsWith("_FILE") ? "" : value.shown();
    String place = value.where().isEmpty() ? where() : value.where();
    source.report(new Problem(at(key), shown, expected, place));
  }

  /** To be called when every key of this section has been asked for. */
  void reportUnknown() {
    branch.children().forEach((key, value) -> {
      if (!asked.contains(key)) {
        String nearest = Nearest.to(key, asked).map(known -> at(known)).orElse("");
        String expected = nearest.isEmpty() ? "one of " + String.join(", ", asked) : nearest;
        source.report(new Problem(at(key), "unknown key", expected, value.where()));
      }
    });
  }

  private <T> T read(String key, T fallback, Function<String, Optional<T>> parse, String expected) {
    return read(key, fallback, parse, text -> expected);
  }

  private <T> T read(
      String key,
      T fallback,
      Function<String, Optional<T>> parse,
      Function<String, String> expected) {
    Optional<Scalar> given = scalar(key);
    Optional<T> value = given.map(Scalar::text).flatMap(parse);
    if (given.isPresent() && value.isEmpty()) {
      report(key, expected.apply(given.get().text()));
    }
    return value.orElse(fallback);
  }

  private Optional<Scalar> scalar(String key) {
    Tree tree = find(key);
    if (tree instanceof Items || tree instanceof Branch) {
      report(key, tree, "one value");
    }
    return tree instanceof Scalar scalar ? Optional.of(scalar) : Optional.empty();
  }

  /** What the environment says of {@code key}, else the file. */
  private Tree find(String key) {
    asked.add(key);
    Optional<Scalar> variable = source.environment().value(at(key));
    return variable.isPresent()
        ? variable.get()
        : branch.children().getOrDefault(key, new Absent(""));
  }

  /** Like {@link #find}, for keys that hold more than one value: the environment's text is YAML. */
  private Tree structure(String key) {
    Tree tree = find(key);
    if (!(tree instanceof Scalar scalar) || !isFromEnvironment(scalar)) {
      return tree;
    }
    String name = scalar.where().replaceFirst("^from ", "");
    return YamlText.read(scalar.text(), name, line -> scalar.where(), source::report);
  }

  private Branch asBranch(String key, Tree tree) {
    return switch (tree) {
      case Branch found -> found;
      case Absent absent -> Branch.EMPTY;
      case Tree other -> {
        report(key, other, "a mapping");
        yield Branch.EMPTY;
      }
    };
  }

  private Optional<String> word(String key, Tree item) {
    if (item instanceof Scalar scalar) {
      return Optional.of(scalar.text());
    }
    report(key, item, "a list of words");
    return Optional.empty();
  }

  private String at(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static boolean isFromEnvironment(Scalar scalar) {
    return scalar.where().startsWith("from ");
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static Optional<Integer> wholeNumber(String text) {
    try {
      return Optional.of(Integer.valueOf(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Double> decimal(String text) {
    try {
      return Optional.of(Double.valueOf(text.strip())).filter(Double::isFinite);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }

  /** Where sections get what is not in their branch, and where they leave what is wrong. */
  record Source(Path folder, Environment environment, List<Problem> problems) {
    static Source of(Path folder, Map<String, String> environment) {
      List<Problem> problems = new ArrayList<>();
      return new Source(folder, new Environment(environment, problems::add), problems);
    }

    void report(Problem problem) {
      problems.add(problem);
    }
  }
}
