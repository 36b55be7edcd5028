package io.gradelane.bench;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A benchmark's rows: printed as a table and written as JSON to {@code target/bench/<name>.json}. */
final class Report {

  private final String name;
  private final List<String> columns;
  private final List<List<Object>> rows = new ArrayList<>();
  private final JsonArray verdicts = new JsonArray();

  /** Prints what is measured and against what. */
  Report(String name, String says, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
    System.out.println(says);
    System.out.println("machine: " + Runtime.getRuntime().availableProcessors() + " cores, Java "
        + Runtime.version() + ", " + System.getProperty("os.name"));
  }

  void row(Object... cells) {
    rows.add(List.of(cells));
  }

  /** What must be reached, and whether it was. */
  void verdict(String what, Number measured, String relation, double bound) {
    double value = measured.doubleValue();
    boolean reached = relation.equals("<=") ? value <= bound : value >= bound;
    verdicts.add(new JsonObject()
        .put("what", what)
        .put("value", value)
        .put("relation", relation)
        .put("bound", bound)
        .put("reached", reached));
  }

  void finish() throws IOException {
    printTable();
    for (Object entry : verdicts) {
      JsonObject verdict = (JsonObject) entry;
      System.out.println((verdict.getBoolean("reached") ? "reached  " : "MISSED   ")
          + verdict.getString("what") + ": " + text(verdict.getDouble("value")) + " (aim: "
          + verdict.getString("relation") + " " + text(verdict.getDouble("bound")) + ")");
    }
    Path folder = Files.createDirectories(Path.of("target", "bench"));
    Path file = folder.resolve(name + ".json");
    Files.writeString(file, json().encodePrettily());
    System.out.println("written: " + file);
  }

  private void printTable() {
    StringBuilder format = new StringBuilder();
    for (int column = 0; column < columns.size(); column++) {
      int width = columns.get(column).length();
      for (List<Object> row : rows) {
        width = Math.max(width, text(row.get(column)).length());
      }
      boolean left = rows.isEmpty() || rows.getFirst().get(column) instanceof String;
      format.append(left ? "%-" : "%").append(width).append("s  ");
    }
    print(format.toString(), columns);
    for (List<Object> row : rows) {
      print(format.toString(), row.stream().map(Report::text).toList());
    }
  }

  private static void print(String format, List<String> cells) {
    System.out.println(String.format(Locale.ROOT, format, cells.toArray()).stripTrailing());
  }

  private static String text(Object cell) {
    if (!(cell instanceof Double number)) {
      return cell.toString();
    }
    return String.format(Locale.ROOT, Math.abs(number) >= 100 ? "%.0f" : "%.2f", number);
  }

  private JsonObject json() {
    JsonArray table = new JsonArray();
    for (List<Object> row : rows) {
      JsonObject object = new JsonObject();
      for (int column = 0; column < columns.size(); column++) {
        object.put(columns.get(column), row.get(column));
      }
      table.add(object);
    }
    return new JsonObject()
        .put("bench", name)
        .put("cores", Runtime.getRuntime().availableProcessors())
        .put("java", Runtime.version().toString())
        .put("rows", table)
        .put("verdicts", verdicts);
  }
}
