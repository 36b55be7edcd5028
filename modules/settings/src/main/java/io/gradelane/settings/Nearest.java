package io.gradelane.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {

  private Nearest() {}

  /** The candidate that is fewest edits away, if those are few for its length; two letters swapped are two edits. */
  static Optional<String> to(String word, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> edits(word, candidate) <= most(candidate))
        .min(Comparator.<String>comparingInt(candidate -> edits(word, candidate))
            .thenComparing(Comparator.naturalOrder()));
  }

  private static int most(String candidate) {
    return Math.min(candidate.length() / 2, Math.max(2, candidate.length() / 3));
  }

  private static int edits(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row = next(row, a.charAt(i - 1), b, i);
    }
    return row[b.length()];
  }

  /** The next row of Levenshtein's table. */
  private static int[] next(int[] above, char letter, String b, int i) {
    int[] row = new int[above.length];
    row[0] = i;
    for (int j = 1; j < row.length; j++) {
      int replaced = above[j - 1] + (letter == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
    }
    return row;
  }
}
