package io.gradelane.postgres;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command that ends by itself, run and waited for. */
final class Command {

  /** A first start on a slow disk takes seconds; recovery after a crash may take more. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** PostgreSQL refuses to run as root. In a user namespace of its own root is nobody, and may still write its files. */
  private static final List<String> AS_NOBODY = List.of("unshare", "--user");

  private Command() {}

  /** @throws IOException if it does not end with 0; its output is in the message */
  static void run(Path folder, String... words) throws IOException {
    Path output = Files.createTempFile(folder, "command", ".log");
    try {
      Process process = new ProcessBuilder(asNobody(List.of(words)))
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      boolean ended = waitFor(process);
      if (!ended || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException(said(words[0], ended ? process.exitValue() : -1, output));
      }
    } finally {
      Files.deleteIfExists(output);
    }
  }

  private static boolean waitFor(Process process) throws IOException {
    try {
      return process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private static String said(String command, int status, Path output) throws IOException {
    String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8).strip();
    return Path.of(command).getFileName()
        + (status < 0 ? " did not end within " + PATIENCE : " ended with " + status) + ": "
        + text.lines().reduce((first, last) -> last).orElse("no output");
  }

  private static List<String> asNobody(List<String> words) {
    if (!"root".equals(System.getProperty("user.name"))) {
      return words;
    }
    List<String> all = new ArrayList<>(AS_NOBODY);
    all.addAll(words);
    return all;
  }
}
