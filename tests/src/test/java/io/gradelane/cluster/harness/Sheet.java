package io.gradelane.cluster.harness;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What one drill found out: lines of a table, and {@code figures.json} beside the drill's logs. */
final class Sheet {

  private static final String LINE = "%-20s %-52s %12s %12s  %s";

  private final String drill;
  private final List<Figure> figures = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Sheet(String drill) {
    this.drill = drill;
  }

  Sheet add(Figure figure) {
    figures.add(figure);
    return this;
  }

  /** The oracle's, which have the same aims whatever the fault. */
  Sheet add(Oracle oracle) {
    return add(Figure.told("requests", oracle.requests(), ""))
        .add(Figure.count("lost", oracle.lost(), 0))
        .add(Figure.count("unexpected", oracle.unexpected(), 0))
        .add(Figure.count("duplicated", oracle.duplicated(), 0))
        .add(Figure.told("recovered", oracle.recovered(), ""));
  }

  /** Words for somebody who looks closer. */
  Sheet note(String words) {
    notes.add(words);
    return this;
  }

  /** What no test lets pass. */
  List<String> unbearable() {
    return figures.stream()
        .filter(figure -> !figure.isBearable())
        .map(figure -> figure.what() + ": " + text(figure.value(), figure.unit())
            + " (expected: at most " + text(figure.guard(), figure.unit()) + ")")
        .toList();
  }

  List<String> notes() {
    return notes;
  }

  boolean isReached() {
    return figures.stream().allMatch(Figure::isReached);
  }

  static String head() {
    return String.format(Locale.ROOT, LINE, "drill", "figure", "measured", "aim", "")
        .stripTrailing();
  }

  String table() {
    return figures.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  /** Writes it beside the logs. */
  void keep() {
    try {
      Files.writeString(House.results(drill).resolve("figures.json"), json().encodePrettily());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String line(Figure figure) {
    Double aim = figure.aim();
    return String.format(
            Locale.ROOT,
            LINE,
            drill,
            figure.what(),
            text(figure.value(), figure.unit()),
            aim == null ? "" : "<= " + text(aim, figure.unit()),
            aim == null ? "" : figure.isReached() ? "reached" : "MISSED")
        .stripTrailing();
  }

  private JsonObject json() {
    JsonArray all = new JsonArray();
    figures.forEach(figure -> all.add(new JsonObject()
        .put("what", figure.what())
        .put("value", figure.value())
        .put("unit", figure.unit())
        .put("aim", figure.aim())
        .put("reached", figure.isReached())));
    return new JsonObject()
        .put("drill", drill)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("figures", all)
        .put("notes", new JsonArray(notes));
  }

  private static String text(double value, String unit) {
    String number = value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.1f", value);
    return unit.isEmpty() ? number : number + " " + unit;
  }
}
