package io.gradelane.sandbox;

import io.gradelane.jobe.wire.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * What one step of a run may use.
 *
 * @param cpuSeconds of all its threads; the wall limit is twice that
 * @param memoryBytes of address space per process; 0 for no limit
 * @param fileBytes per file; −1 for no limit
 * @param processes of the run's user, threads included
 * @param streamBytes of stdout and of stderr; what comes after is lost in silence
 */
record Limits(double cpuSeconds, long memoryBytes, long fileBytes, int processes, int streamBytes) {

  /** Jobe counts a megabyte as 1000 kB of 1024 bytes. */
  private static final double KILOBYTES = 1000;

  private static final double KILOBYTE = 1024;

  /** All output is held in memory here, five-fold if it is binary. */
  private static final int MOST_STREAM_BYTES = 8 << 20;

  /** Jobe refuses 121 and more, but its check lets some absurd numbers through. */
  private static final double MOST_CPU_SECONDS = 121;

  private static final double MOST_BYTES = 1L << 50;
  private static final double MOST_PROCESSES = 1 << 20;

  /**
   * The limits for running a program.
   *
   * @throws RunGuard.BadLimit if a limit can't be set
   */
  static Limits forRunning(Parameters parameters, Language language) throws RunGuard.BadLimit {
    return new Asked(parameters, language, false).limits();
  }

  /**
   * The limits for compiling it: at least so much that a compiler can live.
   *
   * @throws RunGuard.BadLimit if a limit can't be set
   */
  static Limits forCompiling(Parameters parameters, Language language) throws RunGuard.BadLimit {
    return new Asked(parameters, language, true).limits();
  }

  /** In milliseconds. */
  long wallMillis() {
    return Math.max(1, (long) (2 * cpuSeconds * 1000));
  }

  /** Whole seconds after which the system stops a process. */
  long cpuSecondsForSystem() {
    return (long) Math.ceil(cpuSeconds);
  }

  Limits withMoreProcesses(int more) {
    return new Limits(cpuSeconds, memoryBytes, fileBytes, processes + more, streamBytes);
  }

  /** As {@code prlimit} takes them. */
  List<String> options(boolean limitProcesses) {
    List<String> options = new ArrayList<>();
    long seconds = cpuSecondsForSystem();
    options.add("--cpu=" + seconds + ":" + (seconds + 1));
    options.add("--core=0");
    if (memoryBytes > 0) {
      options.add("--as=" + memoryBytes);
    }
    if (fileBytes >= 0) {
      options.add("--fsize=" + fileBytes);
    }
    if (limitProcesses) {
      options.add("--nproc=" + processes);
    }
    return options;
  }

  private record Asked(Parameters parameters, Language language, boolean compiling) {

    Limits limits() throws RunGuard.BadLimit {
      double cpuSeconds = value("cputime", 5, 2);
      double disk = value("disklimit", 20, 20);
      double memory =
          language.ignoresMemoryLimit() ? 0 : value("memorylimit", language.memoryMb(), 500);
      double stream = value("streamsize", 2, Double.NEGATIVE_INFINITY);
      double processes =
          Math.max(value("numprocs", language.processes(), 5), language.leastProcesses()) + 1;
      RunGuard.check("cputime", cpuSeconds, cpuSeconds > 0 && cpuSeconds <= MOST_CPU_SECONDS);
      RunGuard.check("process limit", processes, processes >= 1);
      RunGuard.check("filesize limit", disk, disk == -1 || disk * KILOBYTES >= 1);
      RunGuard.check("memory limit", memory, memory == 0 || memory * KILOBYTES >= 1);
      RunGuard.check("streamsize limit", stream, stream >= 0);
      return new Limits(
          cpuSeconds,
          memory == 0 ? 0 : bytes(memory) + language.memoryBytesOfItsOwn(),
          disk == -1 ? -1 : bytes(disk),
          (int) Math.min(processes, MOST_PROCESSES),
          (int) Math.min(bytes(stream), MOST_STREAM_BYTES));
    }

    private double value(String key, double otherwise, double leastToCompile) {
      double value = parameters.number(key, otherwise);
      return compiling && value != 0 ? Math.max(value, leastToCompile) : value;
    }

    private static long bytes(double megabytes) {
      return (long) Math.min(megabytes * KILOBYTES * KILOBYTE, MOST_BYTES);
    }
  }
}
