package io.gradelane.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What came of holding one set of conversations. */
final class Tally {

  private final String what;
  private final List<String> equal = new ArrayList<>();
  private final Map<String, List<String>> different = new TreeMap<>();
  private final Map<String, String> skipped = new TreeMap<>();

  Tally(String what) {
    this.what = what;
  }

  void count(String name, List<String> differences) {
    if (differences.isEmpty()) {
      equal.add(name);
    } else {
      different.put(name, differences);
    }
  }

  void skip(String name, String language) {
    skipped.put(name, language);
  }

  /** Differences that nobody has given a reason for. */
  Map<String, List<String>> unlisted(KnownDifferences known) {
    Map<String, List<String>> unlisted = new TreeMap<>(different);
    unlisted.keySet().removeAll(known.reasons().keySet());
    return unlisted;
  }

  /** Cases that were held, are equal, and are still listed as different. */
  List<String> vanished(KnownDifferences known) {
    return equal.stream().filter(known.reasons()::containsKey).toList();
  }

  Map<String, String> skipped() {
    return skipped;
  }

  String summary(KnownDifferences known) {
    int held = equal.size() + different.size();
    StringBuilder summary = new StringBuilder();
    summary
        .append(equal.size())
        .append(" of ")
        .append(held)
        .append(' ')
        .append(what)
        .append(" equal");
    if (!skipped.isEmpty()) {
      summary.append("; SKIPPED ").append(skipped.size()).append(" for lack of ");
      summary.append(new TreeSet<>(skipped.values()));
    }
    different.keySet().stream()
        .filter(known.reasons()::containsKey)
        .forEach(name -> summary
            .append("\n  known: ")
            .append(name)
            .append(": ")
            .append(known.reasons().get(name)));
    return summary.toString();
  }
}
