package io.gradelane.cluster.harness;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What a fleet's loop has seen, as SVG: runs above; hosts that were wanted, launching and ready below. */
final class FleetPlot {

  private static final int WIDTH = 1000;
  private static final int LEFT = 60;
  private static final int RIGHT = 20;
  private static final int HEIGHT = 200;
  private static final int LOAD_TOP = 90;
  private static final int HOSTS_TOP = 350;

  private final StringBuilder svg = new StringBuilder();
  private final List<JsonObject> samples;
  private final Instant began;
  private final double seconds;

  private FleetPlot(List<JsonObject> samples) {
    this.samples = samples;
    began = at(samples.getFirst());
    seconds = Math.max(1, since(samples.getLast()));
  }

  static String draw(List<JsonObject> samples, int slots, int most) {
    if (samples.isEmpty()) {
      throw new AssertionError("nothing was written down");
    }
    return new FleetPlot(samples).draw(slots, most);
  }

  private String draw(int slots, int most) {
    add(String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d 610\" width=\"%d\" height=\"610\""
            + " font-family=\"sans-serif\" font-size=\"13\">",
        WIDTH,
        WIDTH));
    add(String.format(Locale.ROOT, "<rect width=\"%d\" height=\"610\" fill=\"white\"/>", WIDTH));
    add(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"26\" font-size=\"17\">A batch on a fleet of sandbox processes, %d slots each</text>",
        LEFT,
        slots));
    legend(LEFT, "#f0c4bd", "runs waiting for a slot");
    legend(LEFT + 210, "#c0392b", "busy");
    legend(LEFT + 300, "#2457a6", "hosts wanted");
    legend(LEFT + 430, "#f6d58a", "launching");
    legend(LEFT + 550, "#bfe3c6", "ready");
    double load = samples.stream().mapToDouble(FleetPlot::load).max().orElse(1);
    panel(LOAD_TOP, load, "runs");
    area(LOAD_TOP, load, FleetPlot::load, "#f0c4bd");
    area(LOAD_TOP, load, FleetPlot::busy, "#c0392b");
    panel(HOSTS_TOP, most + 1, "hosts");
    area(
        HOSTS_TOP,
        most + 1,
        sample -> hosts(sample, "ready") + hosts(sample, "launching"),
        "#f6d58a");
    area(HOSTS_TOP, most + 1, sample -> hosts(sample, "ready"), "#bfe3c6");
    line(HOSTS_TOP, most + 1, sample -> sample.getInteger("target"), "#2457a6");
    return svg.append("</svg>\n").toString();
  }

  private void legend(int x, String colour, String words) {
    add(String.format(
        Locale.ROOT,
        "<rect x=\"%d\" y=\"44\" width=\"22\" height=\"10\" fill=\"%s\"/>",
        x,
        colour));
    add(String.format(Locale.ROOT, "<text x=\"%d\" y=\"54\">%s</text>", x + 28, words));
  }

  private void panel(int top, double most, String what) {
    add(String.format(
        Locale.ROOT,
        "<path d=\"M%d %d V%d H%d\" fill=\"none\" stroke=\"#555\"/>",
        LEFT,
        top,
        top + HEIGHT,
        WIDTH - RIGHT));
    add(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%.0f</text>",
        LEFT - 6,
        top + 5,
        most));
    add(String.format(
        Locale.ROOT,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
        LEFT - 6,
        top + 22,
        what));
    for (int tick = 0; tick <= 6; tick++) {
      double second = seconds * tick / 6;
      add(String.format(
          Locale.ROOT,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" fill=\"#555\">%.0f s</text>",
          x(second),
          top + HEIGHT + 18,
          second));
    }
  }

  private void area(int top, double most, ToDoubleFunction<JsonObject> value, String colour) {
    int bottom = top + HEIGHT;
    add(String.format(
        Locale.ROOT,
        "<path d=\"M%d %d %s V%d Z\" fill=\"%s\"/>",
        LEFT,
        bottom,
        steps(top, most, value),
        bottom,
        colour));
  }

  private void line(int top, double most, ToDoubleFunction<JsonObject> value, String colour) {
    String path = steps(top, most, value).replaceFirst("V", "M" + LEFT + " ");
    add(String.format(
        Locale.ROOT,
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
        path,
        colour));
  }

  /** What was so at one sample is so until the next. */
  private String steps(int top, double most, ToDoubleFunction<JsonObject> value) {
    StringBuilder path = new StringBuilder();
    for (JsonObject sample : samples) {
      if (!path.isEmpty()) {
        path.append(String.format(Locale.ROOT, "H%.1f ", x(since(sample))));
      }
      double height = Math.min(1, value.applyAsDouble(sample) / most);
      path.append(String.format(Locale.ROOT, "V%.1f ", top + HEIGHT * (1 - height)));
    }
    return path.toString();
  }

  private double since(JsonObject sample) {
    return Duration.between(began, at(sample)).toMillis() / 1000.0;
  }

  private double x(double second) {
    return LEFT + second / seconds * (WIDTH - LEFT - RIGHT);
  }

  private static Instant at(JsonObject sample) {
    return Instant.parse(sample.getString("at"));
  }

  private static int load(JsonObject sample) {
    JsonObject load = sample.getJsonObject("load", new JsonObject());
    return load == null ? 0 : load.getInteger("busy", 0) + load.getInteger("waiting", 0);
  }

  private static int busy(JsonObject sample) {
    JsonObject load = sample.getJsonObject("load", new JsonObject());
    return load == null ? 0 : load.getInteger("busy", 0);
  }

  private static int hosts(JsonObject sample, String state) {
    return sample.getJsonObject("hosts").getInteger(state, 0);
  }

  private void add(String element) {
    svg.append(element).append('\n');
  }
}
