package io.gradelane.fleet.provider;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.fleet.Provider;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server processes of this machine. Each has a folder under {@code <state>/<cluster>/<token>}: that is its tag, so a
 * program that starts anew finds them, and ends none but these. The last of the programs that keep them ends them all.
 */
public final class ProcessProvider implements Provider {

  private static final Logger log = LoggerFactory.getLogger(ProcessProvider.class);

  /** For a host to end by itself when its node does. */
  private static final int LAST_SECONDS = 3;

  /** How long a host that has ended is listed as such. */
  static final Duration TOLD = Duration.ofMinutes(10);

  private final Vertx vertx;
  private final Path state;
  private final String cluster;
  private final List<String> command;
  private final List<String> arguments;
  private final InstantSource clock;
  private final Attendance attendance;

  /**
   * @param command starts a server's JVM, up to where its options end, such as {@code java -Xmx256m}
   * @param arguments of that JVM, such as {@code -jar gradelane.jar sandbox --port 0}; it must say where it {@code is up on
   *     http://...}
   */
  public ProcessProvider(
      Vertx vertx,
      Path state,
      String cluster,
      List<String> command,
      List<String> arguments,
      InstantSource clock) {
    this.vertx = vertx;
    this.state = state.resolve(cluster);
    attendance = new Attendance(state.resolve(".nodes").resolve(cluster));
    this.cluster = cluster;
    this.command = List.copyOf(command);
    this.arguments = List.copyOf(arguments);
    this.clock = clock;
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
  public Future<Void> attend() {
    return vertx.executeBlocking(() -> {
      attendance.come();
      return null;
    });
  }

  @Override
  public Future<Set<String>> endOwn() {
    return vertx.executeBlocking(() -> attendance.leave() ? endAll() : Set.of());
  }

  /** Asks all of them first, so that they end together; whoever does not is made to. */
  private Set<String> endAll() throws IOException, InterruptedException {
    Set<String> ended = new TreeSet<>();
    List<Child> all = children();
    for (Child child : all) {
      child.warn();
      child.running().ifPresent(ProcessHandle::destroy);
    }
    for (Child child : all) {
      await(child);
      end(child);
      child.delete();
      ended.add(child.token());
    }
    return ended;
  }

  private static void await(Child child) throws IOException, InterruptedException {
    Optional<ProcessHandle> process = child.running();
    if (process.isEmpty()) {
      return;
    }
    try {
      process.get().onExit().get(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException stubborn) {
      log.atWarn().addKeyValue("host", child.token()).log("a host does not end by itself");
    }
  }

  private List<Child> children() throws IOException {
    if (!Files.isDirectory(state)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(state)) {
      return folders
          .sorted()
          .map(folder -> child(String.valueOf(folder.getFileName())))
          .toList();
    }
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private Listing listed() throws IOException {
    List<Listed> hosts = new ArrayList<>();
    for (Child child : children()) {
      if (child.ended()) {
        ended(child, hosts);
      } else if (child.begun()) {
        hosts.add(described(child, Condition.SOUND));
      }
    }
    return new Listing.Complete(hosts);
  }

  /** It is told for a while, so that nobody need conclude it from silence. */
  private void ended(Child child, List<Listed> hosts) throws IOException {
    Instant since = child.ending();
    if (since == null) {
      child.warn();
    }
    if (since == null || since.isAfter(clock.instant().minus(TOLD))) {
      hosts.add(described(child, Condition.ENDED));
    } else {
      child.delete();
    }
  }

  private Listed launched(HostId token) throws IOException, InterruptedException {
    Child child = child(token.value());
    if (!child.begun() || child.ended()) {
      child.delete();
      child.start(command(token.value()));
    }
    return described(child, Condition.SOUND);
  }

  private List<String> command(String token) {
    List<String> whole = new ArrayList<>(command);
    whole.add(mark(token));
    whole.addAll(arguments);
    return whole;
  }

  /** Asked for the second time, it ends at once; what it has started ends with it. One that has ended is forgotten. */
  private static void end(Child child) throws IOException {
    Optional<ProcessHandle> process = child.running();
    if (process.isEmpty()) {
      if (child.ended()) {
        child.delete();
      }
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

  private static Listed described(Child child, Condition condition) throws IOException {
    return new Listed(child.token(), child.token(), child.address(), condition);
  }

  private Child child(String token) {
    return new Child(state.resolve(new HostId(token).value()), mark(token));
  }

  private String mark(String token) {
    return "-Dgradelane.host=" + cluster + "/" + token + "/";
  }
}
