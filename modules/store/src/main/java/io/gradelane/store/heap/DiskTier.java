package io.gradelane.store.heap;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import io.gradelane.store.FileId;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files on this node's disk, each under its digest, at {@code ab/abcdef…}. A file is whole or not there: it is written
 * under another name and renamed. Its modification time is its last use, more or less, so that a restart finds both.
 *
 * <p>Every method blocks. {@link #read} and {@link #has} may run in parallel; all others run one after another, on one
 * thread, so that room is made before it is taken.
 */
final class DiskTier {

  private static final Logger log = LoggerFactory.getLogger(DiskTier.class);
  private static final String UNFINISHED = ".tmp";
  private static final int TOUCHES_PER_TTL = 20;
  private static final int BLOCK_BYTES = 4096;

  private final Path root;
  private final Duration ttl;
  private final InstantSource clock;
  private final ByteLru<String, Instant> index;
  private final List<String> leaving = new ArrayList<>();

  /** @param root made if it is not there; nothing else may write under it */
  DiskTier(Path root, long maxBytes, Duration ttl, InstantSource clock) {
    this.root = root;
    this.ttl = ttl;
    this.clock = clock;
    this.index = new ByteLru<>(maxBytes, ttl, clock, this::leaves);
  }

  /** Finds what an earlier process left, deletes what was not finished, is too old or too much. */
  void open() throws IOException {
    Files.createDirectories(root);
    record Found(Path path, long bytes, Instant lastUse) {}
    List<Found> found = new ArrayList<>();
    for (Path path : regularFiles()) {
      if (path.getFileName().toString().endsWith(UNFINISHED)) {
        Files.delete(path);
      } else if (FileId.isMd5(path.getFileName().toString())) {
        found.add(
            new Found(path, Files.size(path), Files.getLastModifiedTime(path).toInstant()));
      }
    }
    found.sort(Comparator.comparing(Found::lastUse));
    for (Found file : found) {
      String md5 = file.path.getFileName().toString();
      if (!index.put(md5, file.lastUse, onDisk(file.bytes), file.lastUse)) {
        Files.delete(file.path);
      }
    }
    forgetExpired();
  }

  /** Whether it is here. Counts as a use, which {@link #touch} makes last. */
  boolean has(String md5) {
    return index.get(md5) != null;
  }

  /** Null if it is not here, or is not what it was. Counts as a use. */
  @Nullable
  Buffer read(String md5) throws IOException {
    if (index.get(md5) == null) {
      return null;
    }
    try {
      Buffer content = Buffer.buffer(Files.readAllBytes(path(md5)));
      return FileId.md5(content).equals(md5) ? content : spoilt(md5);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** Whether it was kept; what is larger than the whole tier is not. */
  boolean write(String md5, Buffer content) throws IOException {
    if (index.get(md5) != null) {
      touch(md5);
      return true;
    }
    if (!index.put(md5, clock.instant(), onDisk(content.length()))) {
      return false;
    }
    try {
      deleteLeaving();
      writeWhole(path(md5), content);
      return true;
    } catch (IOException e) {
      index.remove(md5);
      throw e;
    }
  }

  /** Whether a use of it should be written down by {@link #touch}: the last that was is a while ago. Never blocks. */
  boolean wantsTouch(String md5) {
    Instant written = index.get(md5);
    return written != null
        && !written.plus(ttl.dividedBy(TOUCHES_PER_TTL)).isAfter(clock.instant());
  }

  /** Makes a use last beyond a restart. */
  void touch(String md5) throws IOException {
    if (!wantsTouch(md5)) {
      return;
    }
    try {
      Instant now = clock.instant();
      Path path = path(md5);
      Files.setLastModifiedTime(path, FileTime.from(now));
      index.put(md5, now, onDisk(Files.size(path)));
    } catch (NoSuchFileException e) {
      index.remove(md5);
    }
  }

  void forgetExpired() throws IOException {
    index.forgetExpired();
    deleteLeaving();
  }

  long bytes() {
    return index.bytes();
  }

  private void leaves(String md5) {
    synchronized (leaving) {
      leaving.add(md5);
    }
  }

  /** Runs before anything new is written, so the disk never holds more than the index says. */
  private void deleteLeaving() throws IOException {
    List<String> gone;
    synchronized (leaving) {
      gone = List.copyOf(leaving);
      leaving.clear();
    }
    for (String md5 : gone) {
      if (index.get(md5) == null) {
        Files.deleteIfExists(path(md5));
      }
    }
  }

  private void writeWhole(Path path, Buffer content) throws IOException {
    Path unfinished = path.resolveSibling(path.getFileName() + UNFINISHED);
    Files.createDirectories(path.getParent());
    try {
      Files.write(unfinished, content.getBytes());
      Files.setLastModifiedTime(unfinished, FileTime.from(clock.instant()));
      Files.move(unfinished, path, ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private @Nullable Buffer spoilt(String md5) {
    log.atWarn().addKeyValue("file", md5).log("a stored file is not what it was; dropped");
    index.remove(md5);
    leaves(md5);
    return null;
  }

  private List<Path> regularFiles() throws IOException {
    try (Stream<Path> paths = Files.walk(root, 2)) {
      return paths.filter(Files::isRegularFile).toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** What a file takes: whole blocks, and one at least. */
  private static long onDisk(long bytes) {
    return Math.max(1, Math.ceilDiv(bytes, BLOCK_BYTES)) * BLOCK_BYTES;
  }

  private Path path(String md5) {
    if (!FileId.isMd5(md5)) {
      throw new IllegalArgumentException("'" + md5 + "' (expected: a digest)");
    }
    return root.resolve(md5.substring(0, 2)).resolve(md5);
  }
}
