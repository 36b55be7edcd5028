package io.gradelane.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Octave, whose last words on stderr are sometimes about itself. */
record OctaveLanguage(Path octave) implements Language {

  @Override
  public String defaultName(String source) {
    return "prog.m";
  }

  @Override
  public @Nullable String compileLine(Program program) {
    return null;
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line(
        octave.toString(), "--norc --no-window-system --silent -H", program.fileName());
  }

  @Override
  public String stderr(String text) {
    List<String> lines = new ArrayList<>(List.of(text.replace("\r", "").split("\n", -1)));
    dropBlankEnd(lines);
    dropLast(lines, "error: ignoring octave_execution_exception");
    dropLast(lines, "error: No such file or directory");
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }

  private static void dropBlankEnd(List<String> lines) {
    while (!lines.isEmpty() && lines.getLast().isBlank()) {
      lines.removeLast();
    }
  }

  private static void dropLast(List<String> lines, String beginning) {
    if (!lines.isEmpty() && lines.getLast().startsWith(beginning)) {
      lines.removeLast();
    }
  }

  @Override
  public int memoryMb() {
    return 500;
  }
}
