package io.gradelane.fleet.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One of an operator's commands: a text in, a text out, a time limit.
 *
 * @param words the program and its arguments; no shell
 * @param most it is killed after that time, with what it has started
 */
record Command(List<String> words, Duration most) {

  private static final int MOST_OUTPUT = 16 << 20;

  /** What became of it. */
  record Result(int exit, String output, String errors) {
    /** The last line that it wrote to its error stream. */
    String complaint() {
      return errors.lines().reduce("", (before, line) -> line.isBlank() ? before : line.strip());
    }
  }

  Command {
    words = List.copyOf(words);
  }

  /** Blocks. @throws IOException if it can't be started, or has not ended in time */
  Result run(String input) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(words).start();
    try {
      CompletableFuture<String> output = reading(process.getInputStream());
      CompletableFuture<String> errors = reading(process.getErrorStream());
      write(process, input);
      if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(words.getFirst() + ": not done within " + most.toSeconds() + " s");
      }
      return new Result(process.exitValue(), ended(output), ended(errors));
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void write(Process process, String input) {
    try (OutputStream in = process.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    } catch (IOException closed) {
      // A command that does not read what it is told is none the worse.
    }
  }

  private static CompletableFuture<String> reading(InputStream stream) {
    CompletableFuture<String> text = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> {
      try {
        text.complete(new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
      } catch (IOException e) {
        text.completeExceptionally(e);
      }
    });
    return text;
  }

  /** What it has left behind may hold its streams open for ever. */
  private static String ended(CompletableFuture<String> text)
      throws IOException, InterruptedException {
    try {
      return text.get(5, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("its output can't be read", e);
    }
  }
}
