package io.gradelane.bench;

import io.gradelane.bench.FleetDayRun.Day;
import io.gradelane.bench.FleetDayRun.Point;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** Days one above the other as SVG: load, what was wanted, what was launching and what was ready, all in slots. */
final class FleetDayPlot {

  private static final int WIDTH = 1000;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int HEIGHT = 250;
  private static final int TOP = 90;
  private static final int GAP = 70;
  private static final int HOURS = 12;
  private static final int MORNING = 7;

  private final StringBuilder svg = new StringBuilder();
  private final int most;

  private FleetDayPlot(int most) {
    this.most = most;
  }

  /** @param titles one a day */
  static String draw(List<String> titles, List<Day> days) {
    int most = days.stream()
        .flatMap(day -> day.points().stream())
        .mapToInt(point -> Math.max(Math.min(point.load(), 160), point.ready() + point.launching()))
        .max()
        .orElse(1);
    FleetDayPlot plot = new FleetDayPlot((most + 19) / 20 * 20);
    plot.open(days.size());
    for (int i = 0; i < days.size(); i++) {
      plot.panel(titles.get(i), days.get(i), TOP + i * (HEIGHT + GAP));
    }
    return plot.svg.append("</svg>\n").toString();
  }

  private void open(int panels) {
    int height = TOP + panels * (HEIGHT + GAP);
    add(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH,
        height,
        WIDTH,
        height));
    add(String.format(
        Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>", WIDTH, height));
    add(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"24\" font-size=\"17\">A simulated exam day: slots and runs</text>",
        LEFT));
    legend(LEFT, "#bfe3c6", "ready");
    legend(LEFT + 110, "#f6d58a", "launching");
    legend(LEFT + 240, "#2457a6", "wanted");
    legend(LEFT + 350, "#c0392b", "runs, busy and waiting");
    legend(LEFT + 550, "#ece9f7", "exam");
  }

  private void legend(int x, String colour, String words) {
    add(String.format(
        Locale.ROOT,
        "<rect x=\"%d\" y=\"38\" width=\"22\" height=\"10\" fill=\"%s\"/>",
        x,
        colour));
    add(String.format(Locale.ROOT, "<text x=\"%d\" y=\"48\">%s</text>", x + 28, words));
  }

  private void panel(String title, Day day, int top) {
    add(String.format(
        Locale.ROOT, "<text x=\"%d\" y=\"%d\" font-size=\"14\">%s</text>", LEFT, top - 10, title));
    exams(top);
    area(day, top, point -> point.ready() + point.launching(), "#f6d58a");
    area(day, top, Point::ready, "#bfe3c6");
    line(day, top, Point::wanted, "#2457a6", 1.6);
    line(day, top, Point::load, "#c0392b", 1);
    axes(top);
  }

  private void exams(int top) {
    FleetDayRun.EXAMS.forEach(exam -> {
      double from = hour(Duration.between(FleetDayRun.MORNING, exam.start()));
      double to = hour(Duration.between(FleetDayRun.MORNING, exam.end()));
      add(String.format(
          Locale.ROOT,
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"#ece9f7\"/>",
          x(from),
          top,
          x(to) - x(from),
          HEIGHT));
      add(String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%d\" fill=\"#6a5fa0\">%s, %d students</text>",
          x(from) + 6,
          top + 16,
          exam.name(),
          exam.students()));
    });
  }

  private void axes(int top) {
    int bottom = top + HEIGHT;
    add(String.format(
        Locale.ROOT,
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#555\"/>",
        LEFT,
        top,
        bottom,
        WIDTH - RIGHT));
    for (int slots = 0; slots <= most; slots += 20) {
      add(String.format(
          Locale.ROOT,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" fill=\"#555\">%d</text>",
          LEFT - 8,
          y(slots, top) + 4,
          slots));
      add(String.format(
          Locale.ROOT,
          "<path d=\"M%d %.1f H%d\" stroke=\"#000\" stroke-opacity=\"0.07\"/>",
          LEFT,
          y(slots, top),
          WIDTH - RIGHT));
    }
    for (int hour = 0; hour <= HOURS; hour++) {
      add(String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%d:00</text>",
          x(hour),
          bottom + 18,
          hour + MORNING));
    }
  }

  private void area(Day day, int top, ToIntFunction<Point> value, String colour) {
    add(String.format(
        Locale.ROOT,
        "<path d=\"M%d %d %s L%.1f %d Z\" fill=\"%s\" fill-opacity=\"0.85\"/>",
        LEFT,
        top + HEIGHT,
        steps(day, top, value, "L"),
        x(last(day)),
        top + HEIGHT,
        colour));
  }

  private void line(Day day, int top, ToIntFunction<Point> value, String colour, double width) {
    add(String.format(
        Locale.ROOT,
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
        steps(day, top, value, "M"),
        colour,
        width));
  }

  private String steps(Day day, int top, ToIntFunction<Point> value, String first) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < day.points().size(); i += 3) {
      Point point = day.points().get(i);
      path.append(String.format(
          Locale.ROOT,
          "%s%.1f %.1f ",
          path.isEmpty() ? first : "L",
          x(point.hour()),
          y(Math.min(value.applyAsInt(point), most), top)));
    }
    return path.toString();
  }

  private static double last(Day day) {
    return day.points().getLast().hour();
  }

  private static double hour(Duration sinceMorning) {
    return sinceMorning.toSeconds() / 3600.0;
  }

  private static double x(double hour) {
    return LEFT + hour / HOURS * (WIDTH - LEFT - RIGHT);
  }

  private double y(double slots, int top) {
    return top + HEIGHT * (1 - slots / most);
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }
}
