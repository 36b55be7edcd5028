package io.gradelane.settings;

import io.gradelane.settings.Tree.Absent;
import io.gradelane.settings.Tree.Branch;
import io.gradelane.settings.Tree.Items;
import io.gradelane.settings.Tree.Scalar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The server list of an older proxy, {@code {"jobe": [{"url", "api_key", "weight"}]}}, as items of {@code servers:}.
 */
final class JobeList {

  private static final Map<String, String> KEYS =
      Map.of("url", "url", "api_key", "apiKey", "weight", "weight");

  private final Section root;
  private final Consumer<Problem> problems;
  private final List<String> warnings;

  JobeList(Section root, Consumer<Problem> problems, List<String> warnings) {
    this.root = root;
    this.problems = problems;
    this.warnings = warnings;
  }

  /** Empty where no list is named, and after a problem with it. */
  List<Tree> read() {
    Optional<Path> file = root.pathOf("jobeList");
    return file.flatMap(this::content).map(text -> items(file.get(), text)).orElse(List.of());
  }

  private Optional<String> content(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      root.report("jobeList", "a file that can be read");
      return Optional.empty();
    }
  }

  private List<Tree> items(Path file, String text) {
    String name = file.getFileName().toString();
    Tree whole = YamlText.read(text, name, line -> "line " + line + " of " + name, problems);
    if (whole instanceof Branch branch && branch.children().get("jobe") instanceof Items items) {
      List<Tree> servers = new ArrayList<>();
      items.items().forEach(item -> server(item, name).ifPresent(servers::add));
      return servers;
    }
    if (!(whole instanceof Absent absent && absent.where().isEmpty())) {
      problems.accept(new Problem(
          name, whole.shown(), "{\"jobe\": [{\"url\", \"api_key\", \"weight\"}]}", whole.where()));
    }
    return List.of();
  }

  /** The older proxy never chose a server of weight 0, and so people switched one off. */
  private Optional<Tree> server(Tree item, String name) {
    if (!(item instanceof Branch branch)) {
      return Optional.of(item);
    }
    if (branch.children().get("weight") instanceof Scalar weight && isZero(weight.text())) {
      warnings.add("a server of weight 0 is left out (" + branch.where() + ")");
      return Optional.empty();
    }
    reportUnknown(branch, name);
    Map<String, Tree> known = new LinkedHashMap<>();
    KEYS.forEach((theirs, ours) -> {
      Tree value = branch.children().get(theirs);
      if (value != null) {
        known.put(ours, value);
      }
    });
    return Optional.of(new Branch(known, branch.where()));
  }

  private void reportUnknown(Branch branch, String name) {
    Set<String> known = KEYS.keySet();
    branch.children().forEach((key, value) -> {
      if (!known.contains(key)) {
        problems.accept(
            new Problem(name + ": " + key, "unknown key", "url, api_key or weight", value.where()));
      }
    });
  }

  private static boolean isZero(String text) {
    return text.matches("0+(\\.0+)?");
  }
}
