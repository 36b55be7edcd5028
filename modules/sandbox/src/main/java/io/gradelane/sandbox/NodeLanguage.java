package io.gradelane.sandbox;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JavaScript with Node. Newer engines reserve more address space at their start than Jobe's default memory limit, so the
 * reservation is not charged, and the engine is told the limit for its heap.
 */
record NodeLanguage(Path node) implements Language {

  private static final long RESERVED_BYTES = 1L << 30;

  @Override
  public String defaultName(String source) {
    return "prog.js";
  }

  @Override
  public @Nullable String compileLine(Program program) {
    return null;
  }

  @Override
  public String runLine(Program program) throws Program.BadList {
    return program.line(node.toString(), "--use_strict", program.fileName());
  }

  @Override
  public long memoryBytesOfItsOwn() {
    return RESERVED_BYTES;
  }

  @Override
  public Map<String, String> environment(double memoryMb) {
    return memoryMb >= 1
        ? Map.of("NODE_OPTIONS", "--max-old-space-size=" + (long) memoryMb)
        : Map.of();
  }
}
