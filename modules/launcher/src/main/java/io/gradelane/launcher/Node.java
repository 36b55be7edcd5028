package io.gradelane.launcher;

import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** One node: who implements what, in which order it starts, and in which it leaves. */
final class Node {

  private final Settings settings;
  private final String name = hostName() + "-" + UUID.randomUUID().toString().substring(0, 8);
  private final Startup startup = new Startup();
  private final Vertx vertx;

  Node(Settings settings) {
    this.settings = settings;
    this.vertx = Vertx.vertx(options());
  }

  /** Names this process in logs and on the bus. */
  String name() {
    return name;
  }

  /** @return fails with {@link Startup.StepFailed} */
  Future<Void> start() {
    return startup.start(List.of());
  }

  /** Drains, then lets go of everything. Never fails. */
  Future<Void> close() {
    return startup.stop().transform(stopped -> vertx.close()).otherwiseEmpty();
  }

  /** The longest that {@link #close} may take until nothing is in flight any more. */
  Duration drainTime() {
    return settings.drain().delay().plus(settings.drain().timeout());
  }

  int port() {
    return settings.http().port();
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(Math.max(2, Runtime.getRuntime().availableProcessors()))
        .setWorkerPoolSize(4)
        .setInternalBlockingPoolSize(4)
        .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "node";
    }
  }
}
