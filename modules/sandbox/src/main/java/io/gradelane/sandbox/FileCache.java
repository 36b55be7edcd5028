package io.gradelane.sandbox;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Uploaded files, kept on disk up to a size; those used longest ago go first. Like Jobe it believes every id: a second
 * file under one id replaces the first. Safe for use by many threads; its methods block.
 */
final class FileCache {

  private final Path folder;
  private final long maxBytes;
  private final Map<String, Long> sizes = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private FileCache(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** Opens the cache, with what an earlier one left there. */
  static FileCache open(Path folder, long maxBytes) throws IOException {
    FileCache cache = new FileCache(Files.createDirectories(folder), maxBytes);
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> oldestFirst = files
          .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
          .toList();
      for (Path file : oldestFirst) {
        cache.count(String.valueOf(file.getFileName()), Files.size(file));
      }
    }
    return cache;
  }

  synchronized void put(String id, Buffer contents) throws IOException {
    Path draft = Files.createTempFile(folder, "put-", ".tmp");
    try {
      Files.write(draft, contents.getBytes());
      Files.move(draft, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
    count(id, contents.length());
    evict();
  }

  private synchronized void count(String id, long size) {
    Long before = sizes.put(id, size);
    bytes += size - (before == null ? 0 : before);
  }

  private void evict() throws IOException {
    Iterator<Map.Entry<String, Long>> oldest = sizes.entrySet().iterator();
    while (bytes > maxBytes && sizes.size() > 1) {
      Map.Entry<String, Long> entry = oldest.next();
      Files.deleteIfExists(folder.resolve(entry.getKey()));
      bytes -= entry.getValue();
      oldest.remove();
    }
  }

  /** Does not count as use, as with Jobe. */
  synchronized boolean has(String id) {
    return sizes.containsKey(id);
  }

  /** Counts as use. */
  synchronized Path path(String id) {
    sizes.get(id);
    return folder.resolve(id);
  }
}
