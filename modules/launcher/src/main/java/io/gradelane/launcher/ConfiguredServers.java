package io.gradelane.launcher;

import io.gradelane.core.server.ServerSpec;
import io.gradelane.health.ServerSource;
import io.gradelane.settings.Loading;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Loading.Problems;
import io.gradelane.settings.Problem;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The servers of the configuration: as it was at the start, then as it stands whenever somebody asks for a refresh. */
final class ConfiguredServers implements ServerSource {

  private final Supplier<Loading> configuration;
  private boolean first = true;
  private List<ServerSpec> servers;

  /** @param configuration reads it again; quick, for it is called on an event loop */
  ConfiguredServers(Settings started, Supplier<Loading> configuration) {
    this.servers = started.servers();
    this.configuration = configuration;
  }

  @Override
  public Future<List<ServerSpec>> read() {
    if (first) {
      first = false;
      return Future.succeededFuture(servers);
    }
    return switch (configuration.get()) {
      case Loaded loaded -> {
        servers = loaded.settings().servers();
        yield Future.succeededFuture(servers);
      }
      case Problems problems -> Future.failedFuture(words(problems));
    };
  }

  private static String words(Problems problems) {
    return problems.problems().stream().map(Problem::toString).collect(Collectors.joining("; "));
  }
}
