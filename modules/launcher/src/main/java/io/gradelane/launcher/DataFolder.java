package io.gradelane.launcher;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one node's own data. While it is taken no other node can take it: that one would delete this one's uploads,
 * and stop its PostgreSQL on leaving. The system lets go of it when the process ends, however it ends.
 */
final class DataFolder {

  private final Vertx vertx;
  private final Path folder;

  /** Written by the start and the stop, one after the other. */
  private volatile @Nullable FileChannel held;

  DataFolder(Vertx vertx, Path folder) {
    this.vertx = vertx;
    this.folder = folder;
  }

  /** @return fails in words, if another node has it */
  Future<Void> take() {
    return vertx
        .executeBlocking(this::locked, false)
        .onSuccess(channel -> held = channel)
        .mapEmpty();
  }

  Future<Void> letGo() {
    FileChannel channel = held;
    return channel == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(
            () -> {
              channel.close();
              return null;
            },
            false);
  }

  private FileChannel locked() throws IOException {
    Files.createDirectories(folder);
    Path lock = folder.resolve("node.lock");
    FileChannel channel =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (isOurs(channel)) {
      return signed(channel);
    }
    channel.close();
    throw new IllegalStateException(folder + " belongs to a node that runs (process "
        + Files.readString(lock).strip()
        + "); stop that one, or choose another folder with data.dir or GRADELANE_DATA_DIR");
  }

  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException ofThisProcess) {
      return false;
    }
  }

  /** For whoever looks who has it. */
  private static FileChannel signed(FileChannel channel) throws IOException {
    String process = ProcessHandle.current().pid() + "\n";
    channel.truncate(0).write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
    return channel;
  }
}
