package io.gradelane.fleet.provider;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Server processes of this machine. Each has a folder under {@code <state>/<cluster>/<token>}: that is its tag, so a
 * program that starts anew finds them, and ends none but these.
 */
public final class ProcessProvider implements Provider {

  private final Vertx vertx;
  private final Path state;
  private final String cluster;
  private final List<String> command;
  private final List<String> arguments;

  /**
   * @param command starts a server's JVM, up to where its options end, such as {@code java -Xmx256m}
   * @param arguments of that JVM, such as {@code -jar gradelane.jar sandbox --port 0}; it must say where it {@code is up on
   *     http://...}
   */
  public ProcessProvider(
      Vertx vertx, Path state, String cluster, List<String> command, List<String> arguments) {
    this.vertx = vertx;
    this.state = state.resolve(cluster);
    this.cluster = cluster;
    this.command = List.copyOf(command);
    this.arguments = List.copyOf(arguments);
  }

  /** One call after the other: two that start the same host must see each other. */
  @Override
  public Future<Listing> list() {
    return vertx.executeBlocking(this::listed);
  }

  @Override
  public Future<Listed> launch(HostId token) {
    return vertx.executeBlocking(() -> launched(token));
  }

  @Override
  public Future<Void> terminate(Host host) {
    return vertx.executeBlocking(() -> {
      if (!host.ref().isEmpty()) {
        end(child(host.ref()));
      }
      return null;
    });
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private Listing listed() throws IOException {
    if (!Files.isDirectory(state)) {
      return new Listing.Complete(List.of());
    }
    List<Listed> hosts = new ArrayList<>();
    try (Stream<Path> folders = Files.list(state)) {
      for (Path folder : folders.sorted().toList()) {
        Child child = child(String.valueOf(folder.getFileName()));
        if (child.ended()) {
          child.delete();
        } else if (child.begun()) {
          hosts.add(described(child));
        }
      }
    }
    return new Listing.Complete(hosts);
  }

  private Listed launched(HostId token) throws IOException {
    Child child = child(token.value());
    if (!child.begun() || child.ended()) {
      child.delete();
      child.start(command(token.value()));
    }
    return described(child);
  }

  private List<String> command(String token) {
    List<String> whole = new ArrayList<>(command);
    whole.add(mark(token));
    whole.addAll(arguments);
    return whole;
  }

  /** Asked for the second time, it ends at once; what it has started ends with it. */
  private static void end(Child child) throws IOException {
    Optional<ProcessHandle> process = child.running();
    if (process.isEmpty()) {
      return;
    }
    if (child.warned()) {
      process.get().descendants().forEach(ProcessHandle::destroyForcibly);
      process.get().destroyForcibly();
    } else {
      child.warn();
      process.get().destroy();
    }
  }

  private static Listed described(Child child) throws IOException {
    return new Listed(child.token(), child.token(), child.address(), false);
  }

  private Child child(String token) {
    return new Child(state.resolve(new HostId(token).value()), mark(token));
  }

  private String mark(String token) {
    return "-Dgradelane.host=" + cluster + "/" + token + "/";
  }
}
