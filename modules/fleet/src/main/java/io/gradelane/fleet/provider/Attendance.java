package io.gradelane.fleet.provider;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which processes of this machine keep the hosts of one folder. Each has a file, which it locks for as long as it lives, so
 * one that was killed is not waited for. Of those that leave, exactly one is the last: the one that can remove the folder of
 * these files. That holds however many leave at the same moment, and needs nobody to tell anybody.
 *
 * <p>Not thread-safe.
 */
final class Attendance {

  /** Whoever leaves may take the folder away, or a file that is not locked yet, just when somebody comes. */
  private static final int TRIES = 20;

  private final Path folder;
  private @Nullable Path file;
  private @Nullable FileChannel channel;

  /** @param folder of nothing but these files */
  Attendance(Path folder) {
    this.folder = folder;
  }

  /** From now on this process is one of them. Safe twice. */
  void come() throws IOException {
    for (int i = 0; file == null && i < TRIES; i++) {
      Files.createDirectories(folder);
      enter(folder.resolve(UUID.randomUUID().toString()));
    }
    if (file == null) {
      throw new IOException(folder + ": no file of this process stays there");
    }
  }

  private void enter(Path mine) throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(mine, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (NoSuchFileException removed) {
      return;
    }
    if (lock(opened) && Files.exists(mine)) {
      file = mine;
      channel = opened;
    } else {
      opened.close();
    }
  }

  /** Not if somebody who leaves looks just now whether it is locked. */
  private static boolean lock(FileChannel opened) throws IOException {
    try {
      return opened.tryLock() != null;
    } catch (OverlappingFileLockException looking) {
      return false;
    }
  }

  /** This process is no longer one of them. @return whether it was the last one; false if it was none of them */
  boolean leave() throws IOException {
    Path mine = file;
    FileChannel opened = channel;
    if (mine == null || opened == null) {
      return false;
    }
    file = null;
    Files.deleteIfExists(mine);
    opened.close();
    for (Path other : others()) {
      if (isLeft(other)) {
        Files.deleteIfExists(other);
      }
    }
    try {
      Files.delete(folder);
      return true;
    } catch (DirectoryNotEmptyException | NoSuchFileException somebodyElse) {
      return false;
    }
  }

  private List<Path> others() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException removed) {
      return List.of();
    }
  }

  /** Whether whoever locked it has ended. */
  private static boolean isLeft(Path other) throws IOException {
    try (FileChannel opened = FileChannel.open(other, StandardOpenOption.WRITE);
        FileLock lock = opened.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException | NoSuchFileException notLeft) {
      return false;
    }
  }
}
