package io.gradelane.cluster.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** The processes of one drill. None outlives it, nor this JVM if it ends early. */
final class Processes implements AutoCloseable {

  private static final long COMMAND_SECONDS = 20;

  private final Path folder;
  private final Queue<Process> started = new ConcurrentLinkedQueue<>();
  private final Thread hook = new Thread(this::killAll, "processes");

  /** @param folder gets what they print, as {@code <name>.log} */
  Processes(Path folder) {
    this.folder = folder;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Process start(String name, List<String> command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
    builder.environment().keySet().removeIf(key -> key.startsWith("GRADELANE_"));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      started.add(process);
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The last lines that it printed. */
  String said(String name) {
    try {
      List<String> lines = Files.readAllLines(log(name));
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    } catch (IOException e) {
      return String.valueOf(e);
    }
  }

  /** Sends a signal, such as STOP. */
  static void signal(Process process, String signal) {
    run("kill", "-" + signal, String.valueOf(process.pid()));
  }

  /** Runs a short command to its end. */
  static String run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", command) + ": " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // The JVM is ending, and the hook has run.
    }
  }

  private void killAll() {
    started.forEach(Process::destroyForcibly);
    started.forEach(Processes::awaitEnd);
  }

  private static void awaitEnd(Process process) {
    try {
      process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  private Path log(String name) {
    return file(name + ".log");
  }
}
