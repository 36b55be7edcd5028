package io.gradelane.launcher;

import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.settings.Settings;
import io.gradelane.store.FileStore;
import io.gradelane.store.heap.HeapFileStore;
import io.gradelane.store.peers.PeerFileServer;
import io.gradelane.store.peers.PeerFileStore;
import io.gradelane.store.redis.RedisFileStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.HostAndPort;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where uploaded files are kept: this node's heap and disk; and where there are several nodes, either Redis before them, or
 * the other nodes' behind.
 */
final class Store {

  private static final String PREFIX = "gradelane:";
  private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

  /** A node that hangs costs so much each time that a file is asked for which nobody has. */
  private static final Duration LOOK_UP = Duration.ofMillis(500);

  private static final Duration FETCH = Duration.ofSeconds(5);

  private final Vertx vertx;
  private final Members members;
  private final Settings settings;
  private @Nullable FileStore near;
  private @Nullable HttpServer door;
  private @Nullable FileStore files;

  Store(Vertx vertx, Members members, Settings settings) {
    this.vertx = vertx;
    this.members = members;
    this.settings = settings;
  }

  FileStore files() {
    return Objects.requireNonNull(files, "not open");
  }

  Future<FileStore> open() {
    return near()
        .onSuccess(opened -> near = opened)
        .map(this::shared)
        .onSuccess(opened -> files = opened);
  }

  /** Lets other nodes have this one's files, where there are some and no Redis. */
  Future<?> openDoor() {
    Settings.Cluster cluster = settings.cluster();
    if (!isPeer()) {
      return Future.succeededFuture();
    }
    HostAndPort own = HostAndPort.parseAuthority(members.self().internal(), 0);
    return PeerFileServer.open(
            vertx, own.host(), own.port(), Objects.requireNonNull(near, "not open"), secret())
        .onSuccess(opened -> door = opened)
        .recover(failure -> Future.failedFuture(PortTaken.orElse(
            failure,
            cluster.host(),
            own.port(),
            "cluster.internalPort or GRADELANE_CLUSTER_INTERNAL_PORT")));
  }

  Future<Void> closeDoor() {
    return door == null ? Future.succeededFuture() : door.close();
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

  private boolean isPeer() {
    return settings.cluster().clustered() && settings.files().redis() == null;
  }

  private FileStore shared(FileStore opened) {
    URI redis = settings.files().redis();
    if (redis != null) {
      return RedisFileStore.over(
          vertx, redis, PREFIX, opened, settings.files().ttl(), REDIS_TIMEOUT, System::nanoTime);
    }
    return isPeer()
        ? PeerFileStore.over(vertx, opened, this::others, secret(), LOOK_UP, FETCH)
        : opened;
  }

  private List<String> others() {
    return members.snapshot().stream()
        .filter(member -> !member.equals(members.self()))
        .map(Member::internal)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private String secret() {
    String secret = settings.cluster().secret();
    return secret == null ? "" : secret;
  }
}
