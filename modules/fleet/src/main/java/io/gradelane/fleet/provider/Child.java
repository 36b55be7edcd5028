package io.gradelane.fleet.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one host process: {@code pid}, {@code log} and perhaps {@code ending}. The process writes its own id, before
 * it becomes the server, so none is ever started that the folder does not know.
 */
final class Child {

  private static final Pattern UP = Pattern.compile("is up on (http://\\S+)");

  /**
   * First argument: the file for the process id; the others: the command. What a terminal sends to all that was started from
   * it is for the node alone, which ends its hosts when nothing runs there any more.
   */
  private static final String WRITE_PID_AND_BECOME =
      "trap '' INT HUP && echo $$ > \"$1.new\" && mv \"$1.new\" \"$1\" && shift && exec \"$@\"";

  /** A process writes its id within some milliseconds, or on a busy machine within seconds. */
  private static final int LOOKS = 5_000;

  private static final long LOOK_MILLIS = 2;

  private final Path folder;
  private final String mark;

  /** @param mark stands in the command line of the process, and in no other's */
  Child(Path folder, String mark) {
    this.folder = folder;
    this.mark = mark;
  }

  String token() {
    return String.valueOf(folder.getFileName());
  }

  /** Ends when the process has written its id: whoever is asked for the same host next must know of it. */
  void start(List<String> command) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", WRITE_PID_AND_BECOME, "sh");
    builder.command().add(folder.resolve("pid").toString());
    builder.command().addAll(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(folder.resolve("log").toFile());
    builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Process process = builder.start();
    for (int i = 0; !begun() && i < LOOKS && process.isAlive(); i++) {
      process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    if (!begun()) {
      throw new IOException(folder + ": its process has not begun");
    }
  }

  /** The running process, if it certainly is this host's: ids are given out again. */
  Optional<ProcessHandle> running() throws IOException {
    return alive().filter(handle -> commandLine(handle).contains(mark));
  }

  /**
   * Whether its process has begun and is certainly no more. One without a command line is not: while it becomes the server
   * it has none for a moment.
   */
  boolean ended() throws IOException {
    Optional<ProcessHandle> alive = alive();
    return begun()
        && alive.map(handle -> isOther(commandLine(handle)) || isZombie(handle)).orElse(true);
  }

  private Optional<ProcessHandle> alive() throws IOException {
    return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
  }

  private boolean isOther(String commandLine) {
    return !commandLine.isEmpty() && !commandLine.contains(mark);
  }

  /** One that has ended, and that nobody has collected. */
  private static boolean isZombie(ProcessHandle handle) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(handle.pid()), "stat"))
          .contains(") Z ");
    } catch (IOException none) {
      return !handle.isAlive();
    }
  }

  private static String commandLine(ProcessHandle handle) {
    return handle.info().commandLine().orElse("");
  }

  private Optional<Long> pid() throws IOException {
    return text("pid")
        .map(String::strip)
        .filter(pid -> pid.matches("\\d{1,18}"))
        .map(Long::valueOf);
  }

  /** Where its server says that it listens; empty until it does. */
  String address() throws IOException {
    Matcher up = UP.matcher(text("log").orElse(""));
    return up.find() ? up.group(1) : "";
  }

  /** Whether the process has had a chance to write its id. */
  boolean begun() {
    return Files.exists(folder.resolve("pid"));
  }

  /** Whether it has been asked to end. */
  boolean warned() {
    return Files.exists(folder.resolve("ending"));
  }

  /** When it was asked to end, or first seen to have; null if neither. */
  @Nullable
  Instant ending() throws IOException {
    try {
      return Files.getLastModifiedTime(folder.resolve("ending")).toInstant();
    } catch (NoSuchFileException none) {
      return null;
    }
  }

  void warn() throws IOException {
    Files.writeString(folder.resolve("ending"), "");
  }

  void delete() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException gone) {
      // Somebody else has deleted it.
    }
  }

  private Optional<String> text(String file) throws IOException {
    try {
      return Optional.of(Files.readString(folder.resolve(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
  }
}
