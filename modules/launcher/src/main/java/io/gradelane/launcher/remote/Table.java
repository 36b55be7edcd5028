package io.gradelane.launcher.remote;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows under headings, each column as wide as it needs to be. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  void add(String... cells) {
    rows.add(List.of(cells));
  }

  void print(PrintWriter out) {
    int columns = rows.getFirst().size();
    int[] widths = IntStream.range(0, columns)
        .map(i -> rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
        .toArray();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }

  /** The first line, cut to {@code most} characters; what would move a terminal's cursor is made {@code ?}. */
  static String brief(String text, int most) {
    String first = text.strip().lines().findFirst().orElse("").replaceAll("\\p{Cc}", "?");
    boolean more = text.strip().length() > first.length() || first.length() > most;
    String cut = first.length() > most - 3 && more
        ? first.substring(0, Math.min(first.length(), most - 3))
        : first;
    return more ? cut + "..." : cut;
  }
}
