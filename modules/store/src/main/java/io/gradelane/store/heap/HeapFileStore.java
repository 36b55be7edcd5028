package io.gradelane.store.heap;

import io.gradelane.store.FileId;
import io.gradelane.store.FileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file store of one node: heap first, then disk. Contents on disk survive a restart; tenants' own names for them do
 * not.
 *
 * <p>May be used from any context; disk and digests of large files are worked at on threads of its own. A content that
 * is handed out must not be changed.
 */
public final class HeapFileStore implements FileStore {

  private static final Logger log = LoggerFactory.getLogger(HeapFileStore.class);
  private static final long SWEEP_MILLIS = Duration.ofMinutes(1).toMillis();
  private static final int READERS = 4;
  private static final int HASH_HERE_BYTES = 64 * 1024;
  private static final long MAX_NAMES_BYTES = 8L << 20;
  private static final int NAMES_SHARE = 16;
  private static final int OVERHEAD_BYTES = 250;

  private final Vertx vertx;
  private final ByteLru<String, Buffer> heap;
  private final FileNames names;
  private final @Nullable DiskTier disk;
  private final WorkerExecutor readers;
  private final WorkerExecutor writer;
  private final long sweep;
  private final AtomicBoolean closed = new AtomicBoolean();

  private HeapFileStore(
      Vertx vertx, long heapBytes, @Nullable DiskTier disk, Duration ttl, InstantSource clock) {
    long namesBytes = Math.min(heapBytes / NAMES_SHARE, MAX_NAMES_BYTES);
    String pool = "files-" + UUID.randomUUID();
    this.vertx = vertx;
    this.disk = disk;
    this.heap = new ByteLru<>(heapBytes - namesBytes, ttl, clock, md5 -> {});
    this.names = new FileNames(namesBytes, ttl, clock);
    this.readers = vertx.createSharedWorkerExecutor(pool + "-readers", READERS);
    this.writer = vertx.createSharedWorkerExecutor(pool + "-writer", 1);
    this.sweep = vertx.setPeriodic(SWEEP_MILLIS, timer -> forgetExpired());
  }

  /** Heap only: nothing survives a restart. */
  public static HeapFileStore inHeap(
      Vertx vertx, long heapBytes, Duration ttl, InstantSource clock) {
    return new HeapFileStore(vertx, heapBytes, null, ttl, clock);
  }

  /**
   * With a disk tier.
   *
   * @param directory this store's own, made if it is not there
   * @return fails if the directory can't be used
   */
  public static Future<HeapFileStore> open(
      Vertx vertx,
      Path directory,
      long heapBytes,
      long diskBytes,
      Duration ttl,
      InstantSource clock) {
    DiskTier disk = new DiskTier(directory, diskBytes, ttl, clock);
    HeapFileStore store = new HeapFileStore(vertx, heapBytes, disk, ttl, clock);
    return store
        .writing(() -> {
          disk.open();
          return store;
        })
        .recover(cause -> store.close().compose(closed -> Future.failedFuture(cause)));
  }

  /** Fails if the id is not alphanumeric, or if neither tier can keep the content. */
  @Override
  public Future<String> put(String tenant, String id, Buffer content) {
    if (!FileId.valid(id)) {
      return Future.failedFuture(new IllegalArgumentException("file id: (expected: alphanumeric)"));
    }
    Buffer own = content.copy();
    return digestOf(own)
        .compose(md5 -> keep(md5, own))
        .onSuccess(md5 -> names.put(tenant, id, md5));
  }

  @Override
  public Future<Optional<String>> digest(String tenant, String id) {
    String named = names.get(tenant, id);
    String md5 = named != null ? named : id;
    return Future.succeededFuture(
        FileId.isMd5(md5) && has(md5) ? Optional.of(md5) : Optional.empty());
  }

  @Override
  public Future<Optional<Buffer>> content(String md5) {
    Buffer here = heap.get(md5);
    if (here != null) {
      touch(md5);
      return Future.succeededFuture(Optional.of(here));
    }
    return disk == null || !FileId.isMd5(md5)
        ? Future.succeededFuture(Optional.empty())
        : fromDisk(disk, md5);
  }

  @Override
  public Future<Void> name(String tenant, String id, String md5) {
    names.put(tenant, id, md5);
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> close() {
    if (!closed.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    vertx.cancelTimer(sweep);
    return writing(() -> "whatever was left to write is written")
        .transform(last -> Future.join(readers.close(), writer.close()).mapEmpty());
  }

  /** Bytes in the heap now: contents, names and what they cost beside. */
  public long heapBytes() {
    return heap.bytes() + names.bytes();
  }

  /** Bytes on disk now. */
  public long diskBytes() {
    return disk == null ? 0 : disk.bytes();
  }

  private Future<String> digestOf(Buffer content) {
    return content.length() <= HASH_HERE_BYTES
        ? Future.succeededFuture(FileId.md5(content))
        : readers.executeBlocking(() -> FileId.md5(content), false);
  }

  private Future<String> keep(String md5, Buffer content) {
    boolean inHeap = inHeap(md5, content);
    if (disk == null) {
      return kept(md5, inHeap);
    }
    return writing(() -> disk.write(md5, content))
        .recover(cause -> unwritable(md5, cause))
        .compose(onDisk -> kept(md5, inHeap || onDisk));
  }

  private boolean inHeap(String md5, Buffer content) {
    return heap.put(md5, content, OVERHEAD_BYTES + content.length());
  }

  private static Future<String> kept(String md5, boolean kept) {
    return kept
        ? Future.succeededFuture(md5)
        : Future.failedFuture(new IllegalStateException("no room for the file " + md5));
  }

  private static Future<Boolean> unwritable(String md5, Throwable cause) {
    log.atWarn().addKeyValue("file", md5).setCause(cause).log("a file could not be written");
    return Future.succeededFuture(false);
  }

  private boolean has(String md5) {
    boolean onDisk = disk != null && disk.has(md5);
    return heap.get(md5) != null || onDisk;
  }

  private Future<Optional<Buffer>> fromDisk(DiskTier tier, String md5) {
    if (!tier.has(md5)) {
      return Future.succeededFuture(Optional.empty());
    }
    return readers
        .executeBlocking(() -> Optional.ofNullable(tier.read(md5)), false)
        .recover(cause -> {
          log.atWarn().addKeyValue("file", md5).setCause(cause).log("a file could not be read");
          return Future.succeededFuture(Optional.empty());
        })
        .onSuccess(found -> found.ifPresent(content -> {
          inHeap(md5, content);
          touch(md5);
        }));
  }

  private void touch(String md5) {
    if (disk != null && disk.wantsTouch(md5)) {
      writing(() -> {
            disk.touch(md5);
            return true;
          })
          .onFailure(cause -> unwritable(md5, cause));
    }
  }

  private void forgetExpired() {
    heap.forgetExpired();
    names.forgetExpired();
    if (disk != null) {
      writing(() -> {
            disk.forgetExpired();
            return true;
          })
          .onFailure(cause -> log.atWarn().setCause(cause).log("old files could not be deleted"));
    }
  }

  private <T> Future<T> writing(Callable<T> work) {
    return writer.executeBlocking(work, true);
  }
}
