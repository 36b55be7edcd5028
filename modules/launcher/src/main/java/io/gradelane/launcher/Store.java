package io.gradelane.launcher;

import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.store.redis.RedisFileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where uploaded files are kept: this node's heap and disk, with Redis before them if it is configured. */
final class Store {

  private static final String PREFIX = "gradelane:";
  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final Settings settings;
  private @Nullable FileStore files;

  Store(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  FileStore files() {
    return Objects.requireNonNull(files, "not open");
  }

  Future<FileStore> open() {
    return near().map(this::shared).onSuccess(opened -> files = opened);
  }

  Future<Void> close() {
    return files().close();
  }

  private Future<HeapFileStore> near() {
    Settings.Files wish = settings.files();
    return HeapFileStore.open(
        vertx,
        settings.dataDir().resolve("files"),
        wish.heapBytes(),
        wish.diskBytes(),
        wish.ttl(),
        InstantSource.system());
  }

  private FileStore shared(FileStore near) {
    URI redis = settings.files().redis();
    return redis == null
        ? near
        : RedisFileStore.over(
            vertx, redis, PREFIX, near, settings.files().ttl(), REDIS_TIMEOUT, System::nanoTime);
  }
}
