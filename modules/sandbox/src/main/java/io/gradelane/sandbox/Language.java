package io.gradelane.sandbox;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How programs of one language are compiled and run, with Jobe's defaults. Lines are for a shell; a client's arguments
 * stand in them as they came, because splitting them is what Jobe's clients are used to.
 */
interface Language {

  /** What the source is called if the client doesn't say. */
  String defaultName(String source);

  /** The line that compiles or checks the program, or null if there is nothing to do. */
  @Nullable
  String compileLine(Program program) throws Program.BadList;

  String runLine(Program program) throws Program.BadList;

  /** What the compiler had against the program; empty if it may run. */
  default String complaints(Finished compiled) {
    return compiled.err();
  }

  /** What of a program's stderr is the program's. */
  default String stderr(String text) {
    return text;
  }

  /** What the interpreter needs in its environment, given the memory limit in MB (0 for none). */
  default Map<String, String> environment(double memoryMb) {
    return Map.of();
  }

  /** Default {@code memorylimit}. */
  default int memoryMb() {
    return 400;
  }

  /** Whether the language sees to its memory itself and an address space limit would only break it. */
  default boolean ignoresMemoryLimit() {
    return false;
  }

  /** Address space that the interpreter reserves for itself, and that the program is not charged with. */
  default long memoryBytesOfItsOwn() {
    return 0;
  }

  /** Default {@code numprocs}. */
  default int processes() {
    return 30;
  }

  /** {@code numprocs} below which the language can't run. */
  default int leastProcesses() {
    return 0;
  }
}
