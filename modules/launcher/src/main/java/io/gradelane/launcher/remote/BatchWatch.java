package io.gradelane.launcher.remote;

import io.gradelane.launcher.remote.EventStream.Said;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows what happens to one batch until it has ended. */
final class BatchWatch {

  private static final Duration REDRAW = Duration.ofMillis(500);

  private final Nodes nodes;
  private final Screen screen;
  private final Format format;
  private final Consumer<String> voice;
  private final Pace pace = new Pace();
  private JsonObject batch = new JsonObject();
  private Counts counts = new Counts(0, 0, 0, 0);
  private String printed = "";

  /** @param voice is told what keeps it from watching for a while */
  BatchWatch(Nodes nodes, Screen screen, Format format, Consumer<String> voice) {
    this.nodes = nodes;
    this.screen = screen;
    this.format = format;
    this.voice = voice;
  }

  /** @return 0 if all jobs are finished, else 1 */
  int run(String id) throws InterruptedException {
    try (EventStream events = new EventStream(nodes, "batch=" + id, this::say)) {
      while (batch.getString("endedAt") == null) {
        Said said = events.next(REDRAW);
        if (said != null) {
          hear(said);
        }
        show();
        screen.check();
      }
    } finally {
      screen.end();
    }
    return counts.allFinished() ? 0 : 1;
  }

  private void say(String line) {
    screen.end();
    voice.accept(line);
  }

  private void hear(Said said) {
    if (format == Format.JSON) {
      screen.print(said.data().encode());
    }
    JsonObject whole = said.data().getJsonObject("batch");
    batch = whole == null ? batch : whole;
    JsonObject progress =
        whole == null ? said.data().getJsonObject("progress") : whole.getJsonObject("progress");
    if (progress != null) {
      counts = Counts.of(progress);
      pace.add(System.nanoTime(), counts.ended());
    }
  }

  private void show() {
    if (format == Format.JSON || batch.isEmpty()) {
      return;
    }
    if (screen.isDrawn()) {
      double perSecond = pace.perSecond(System.nanoTime());
      screen.draw(screen.line().render(name(), counts, perSecond, note()));
    } else {
      String line = words();
      if (!line.equals(printed)) {
        printed = line;
        screen.print(line);
      }
    }
  }

  private String name() {
    String name = batch.getString("name", "");
    return name.isBlank() ? batch.getString("id") : name;
  }

  private @Nullable String note() {
    if (batch.getString("endedAt") != null) {
      return counts.troubles().isEmpty() ? "done" : counts.troubles();
    }
    String paused = batch.getString("paused");
    if (batch.getBoolean("cancelled", false)) {
      return "cancelled; what runs ends";
    }
    return paused == null ? null : "paused: " + paused;
  }

  private String words() {
    String note = note();
    String troubles = counts.troubles();
    return name() + ": " + counts.finished() + " of " + counts.total() + " finished"
        + (troubles.isEmpty() ? "" : ", " + troubles)
        + (note == null || note.equals(troubles) ? "" : "; " + note);
  }
}
