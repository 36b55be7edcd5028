package io.gradelane.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run. Its {@code box} belongs to the program; everything that we read or write ourselves lies beside
 * it, out of the program's reach, and nothing in the box is touched by us once the program has had a chance to put a
 * link there.
 */
final class RunFolder {

  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private final Path path;
  private final Path box;
  private final String name;

  private RunFolder(Path path) {
    this.path = path;
    this.box = path.resolve("box");
    this.name = String.valueOf(path.getFileName());
  }

  /** Makes one below {@code runs}, its box owned by {@code uid} if that is not negative. */
  static RunFolder create(Path runs, int uid, RandomGenerator random) throws IOException {
    RunFolder folder = new RunFolder(runs.resolve("jobe_" + suffix(random)));
    Files.createDirectory(folder.path);
    Files.setPosixFilePermissions(folder.path, PosixFilePermissions.fromString("rwx--x--x"));
    Files.createDirectory(folder.box);
    Files.setPosixFilePermissions(folder.box, PosixFilePermissions.fromString("rwx------"));
    if (uid >= 0) {
      Files.setAttribute(folder.box, "unix:uid", uid);
      Files.setAttribute(folder.box, "unix:gid", uid);
    }
    return folder;
  }

  private static String suffix(RandomGenerator random) {
    StringBuilder suffix = new StringBuilder(6);
    while (suffix.length() < 6) {
      suffix.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }

  Path box() {
    return box;
  }

  /** Where the program is to see itself. */
  String shown() {
    return Jail.RUNS + "/" + name;
  }

  /** Writes the source, whatever its name: one that isn't ASCII is given by the shell before the first command. */
  void writeSource(String fileName, String source) throws IOException {
    byte[] bytes = source.getBytes(StandardCharsets.UTF_8);
    if (fileName.chars().allMatch(c -> c < 0x80)) {
      writeReadable(box.resolve(fileName), bytes);
    } else {
      writeReadable(box.resolve(".source"), bytes);
      writeReadable(box.resolve(".source-name"), fileName.getBytes(StandardCharsets.UTF_8));
    }
  }

  void copyIn(Path file, String fileName) throws IOException {
    writeReadable(box.resolve(fileName), Files.readAllBytes(file));
  }

  /** A shell command, out of the program's reach. */
  Path writeCommand(String step, String command) throws IOException {
    // The last line keeps any shell from replacing itself by the command: it must live to tell of a
    // signal.
    String lines = command + "\n\n" + Finished.EXIT;
    return writeReadable(path.resolve(step), lines.getBytes(StandardCharsets.UTF_8));
  }

  Path writeInput(String input) throws IOException {
    return Files.writeString(path.resolve("input"), input);
  }

  private static Path writeReadable(Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  void delete() throws IOException, InterruptedException {
    deleteTree(path);
  }

  /**
   * Deletes all of it; links are not followed. What a program has nested deeper than a path can say, or closed to
   * itself, is left to the system's tools.
   */
  static void deleteTree(Path root) throws IOException, InterruptedException {
    try {
      Files.walkFileTree(root, new Deleter());
    } catch (IOException e) {
      deleteWithTools(root);
    }
  }

  private static void deleteWithTools(Path root) throws IOException, InterruptedException {
    new ProcessBuilder("sh", "-c", "chmod -R u+rwX \"$1\"; rm -rf \"$1\"", "sh", root.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    if (Files.exists(root)) {
      throw new IOException("can't delete " + root);
    }
  }

  private static final class Deleter extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e)
        throws IOException {
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
