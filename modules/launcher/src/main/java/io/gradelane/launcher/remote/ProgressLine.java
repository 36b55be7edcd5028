package io.gradelane.launcher.remote;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A batch's progress in one line that fits the terminal: what matters least is left out first.
 *
 * @param columns of the terminal
 * @param unicode whether it shows more than ASCII
 * @param colour whether it shall
 */
record ProgressLine(int columns, boolean unicode, boolean colour) {

  private static final int LONGEST_NAME = 24;
  private static final int LEAST_BAR = 5;
  private static final int LONGEST_BAR = 40;

  /** @param note why nothing goes on, or null */
  String render(String name, Counts counts, double perSecond, @Nullable String note) {
    String count = counts.ended() + "/" + counts.total();
    String rest =
        note != null ? note : counts.left() == 0 ? counts.troubles() : pace(counts, perSecond);
    String troubles = counts.left() == 0 || counts.troubles().isEmpty() ? "" : counts.troubles();
    String percent = String.format(Locale.ROOT, "%3d %%", counts.percent());
    String title = cut(name, LONGEST_NAME);
    String[] parts = {title, percent, count, rest, troubles};
    int[] dropFirst = {0, 3, 4, 2};
    int next = 0;
    while (width(parts) + LEAST_BAR + 2 > columns && next < dropFirst.length) {
      parts[dropFirst[next++]] = "";
    }
    int ends = unicode ? 0 : 2;
    int room = columns - 1 - width(parts) - 2 - ends;
    String bar = room < LEAST_BAR ? "" : bar(counts, Math.min(room, LONGEST_BAR));
    return join(parts[0], bar, parts[1], parts[2], parts[3], parts[4]);
  }

  private static int width(String... parts) {
    return join(parts).length();
  }

  private static String join(String... parts) {
    StringBuilder line = new StringBuilder();
    for (String part : parts) {
      if (!part.isEmpty()) {
        line.append(line.isEmpty() ? "" : "  ").append(part);
      }
    }
    return line.toString();
  }

  private String bar(Counts counts, int width) {
    int full = counts.total() == 0 ? width : (int) ((long) width * counts.ended() / counts.total());
    String done = (unicode ? "█" : "#").repeat(full);
    String left = (unicode ? "░" : ".").repeat(width - full);
    String shade = counts.dead() + counts.cancelled() > 0 ? "33" : "32";
    String inner = colour ? "\u001b[" + shade + "m" + done + "\u001b[0m" + left : done + left;
    return unicode ? inner : "[" + inner + "]";
  }

  private static String pace(Counts counts, double perSecond) {
    return perSecond < 0.005
        ? "waiting"
        : rate(perSecond) + "  " + time(Math.round(counts.left() / perSecond)) + " left";
  }

  static String rate(double perSecond) {
    return perSecond >= 10
        ? Math.round(perSecond) + "/s"
        : perSecond >= 1
            ? String.format(Locale.ROOT, "%.1f/s", perSecond)
            : Math.max(1, Math.round(perSecond * 60)) + "/min";
  }

  static String time(long seconds) {
    return seconds < 90
        ? seconds + " s"
        : seconds < 90 * 60
            ? Math.round(seconds / 60.0) + " min"
            : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds % 3600 / 60);
  }

  private String cut(String text, int most) {
    String shown = unicode ? text : text.replaceAll("[^ -~]", "?");
    return shown.length() <= most ? shown : shown.substring(0, most - 3) + "...";
  }
}
