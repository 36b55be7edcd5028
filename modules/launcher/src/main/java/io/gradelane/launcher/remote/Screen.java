package io.gradelane.launcher.remote;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Where a line can be drawn again and again, or, where nobody looks, one line after the other. */
final class Screen {

  private static final int USUAL_COLUMNS = 80;
  private static final long MEASURE_EVERY_NANOS = Duration.ofSeconds(3).toNanos();

  private final PrintWriter out;
  private final Map<String, String> environment;
  private final boolean drawn;
  private final boolean unicode;
  private int columns;
  private long measured;
  private boolean open;

  /** @param terminal whether a person looks */
  Screen(PrintWriter out, Map<String, String> environment, boolean terminal, Charset charset) {
    this.out = out;
    this.environment = environment;
    drawn = terminal && !"dumb".equals(environment.get("TERM"));
    unicode = charset.equals(StandardCharsets.UTF_8);
    columns = USUAL_COLUMNS;
    measured = System.nanoTime() - MEASURE_EVERY_NANOS;
  }

  boolean isDrawn() {
    return drawn;
  }

  ProgressLine line() {
    measure();
    String noColour = environment.getOrDefault("NO_COLOR", "");
    return new ProgressLine(columns, unicode, noColour.isEmpty());
  }

  /** Over the one that was drawn before. */
  void draw(String line) {
    out.print("\r\u001b[K" + line);
    out.flush();
    open = true;
  }

  /** One that stays. */
  void print(String line) {
    end();
    out.println(line);
    out.flush();
  }

  /** @throws HungUp if nobody reads it any more */
  void check() {
    HungUp.check(out);
  }

  /** What was drawn last stays. */
  void end() {
    if (open) {
      out.println();
      out.flush();
      open = false;
    }
  }

  /** Windows change their size. */
  private void measure() {
    if (System.nanoTime() - measured < MEASURE_EVERY_NANOS) {
      return;
    }
    measured = System.nanoTime();
    try {
      Process stty = new ProcessBuilder("stty", "size")
          .redirectInput(Path.of("/dev/tty").toFile())
          .redirectErrorStream(true)
          .start();
      String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .strip()
          .split(" ", -1);
      stty.waitFor(1, TimeUnit.SECONDS);
      int wide = size.length == 2 ? Integer.parseInt(size[1]) : 0;
      columns = wide > 0 ? wide : USUAL_COLUMNS;
    } catch (IOException | NumberFormatException none) {
      columns = USUAL_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
