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
    unlisted.keySet().removeIf(known::has);
    return unlisted;
  }

  /** Cases that were held, are equal, and are still listed as different. */
  List<String> vanished(KnownDifferences known) {
    return equal.stream().filter(known::has).toList();
  }

  Map<String, String> skipped() {
    return skipped;
  }

  String summary(KnownDifferences known) {
    int held = equal.size() + different.size();
    long permitted = different.keySet().stream().filter(known::permits).count();
    StringBuilder summary = new StringBuilder();
    summary
        .append(equal.size() + permitted)
        .append(" of ")
        .append(held)
        .append(' ')
        .append(what)
        .append(" equal");
    if (!skipped.isEmpty()) {
      summary.append("; SKIPPED ").append(skipped.size()).append(" for lack of ");
      summary.append(new TreeSet<>(skipped.values()));
    }
    known.reasons().forEach((name, reason) -> append(name, reason, summary));
    return summary.toString();
  }

  private void append(String name, KnownDifferences.Reason reason, StringBuilder summary) {
    if (different.containsKey(name)) {
      summary.append(reason.permitted() ? "\n  may differ: " : "\n  differs: ");
      summary.append(name).append(": ").append(reason.why());
    }
  }
}
