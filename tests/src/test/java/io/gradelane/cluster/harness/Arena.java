package io.gradelane.cluster.harness;

import io.gradelane.cluster.harness.Load.Target;
import io.gradelane.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Nodes, servers and clients of one drill. Closing it leaves nothing behind but logs. */
final class Arena implements AutoCloseable {

  static final int NODES = 3;
  static final int SERVERS = 5;
  static final int SLOTS = 12;
  static final int PER_SECOND = 200;

  private static final Duration WARM_UP = Duration.ofSeconds(4);
  private static final Duration LONGEST_JOIN = Duration.ofSeconds(30);

  private final Path folder;
  private final Place place;
  private final Processes processes;
  private final Pool pool;
  private final List<Node> nodes;
  private final History history = new History();
  private final Queue<Window> faults = new ConcurrentLinkedQueue<>();

  /**
   * What is special about an arena.
   *
   * @param environment of every node, besides what all have
   * @param sandboxes that really run programs, in the stubs' stead; 0 for the stubs
   * @param before what is done before the nodes start, as far as they haven't by then
   */
  record Setting(
      Place place, Map<String, String> environment, int sandboxes, Consumer<List<Node>> before) {

    static Setting in(Place place) {
      return new Setting(place, Map.of(), 0, nodes -> {});
    }

    Setting with(Map<String, String> more) {
      return new Setting(place, more, sandboxes, before);
    }

    Setting withSandboxes(int count) {
      return new Setting(place, environment, count, before);
    }

    Setting before(Consumer<List<Node>> first) {
      return new Setting(place, environment, sandboxes, first);
    }
  }

  private Arena(String drill, Setting setting) {
    folder = emptied(drill);
    place = setting.place();
    processes = new Processes(folder);
    pool = new Pool(place.ours(), SERVERS, SLOTS);
    nodes = nodes(Configuration.write(folder, servers(setting)), setting.environment());
  }

  private List<Configuration.Server> servers(Setting setting) {
    return setting.sandboxes() == 0
        ? pool.told()
        : IntStream.rangeClosed(1, setting.sandboxes())
            .mapToObj(number -> Sandbox.start(processes, "sandbox" + number))
            .toList();
  }

  /** Nodes on loopback, started, joined and warm. */
  static Arena open(String drill) {
    return open(drill, Setting.in(new Place.Loopback()));
  }

  static Arena open(String drill, Setting setting) {
    Arena arena = new Arena(drill, setting);
    try {
      setting.before().accept(arena.nodes);
      arena.nodes.stream().filter(node -> !node.isAlive()).forEach(Node::start);
      arena.nodes.forEach(Node::awaitReady);
      arena.awaitOneOwner();
      if (setting.sandboxes() == 0) {
        arena.warmUp();
      }
      return arena;
    } catch (RuntimeException | AssertionError e) {
      arena.close();
      throw e;
    }
  }

  /** A JVM's first requests take longer than any fault. */
  private void warmUp() {
    try (Load load =
        Load.steady(history, PER_SECOND, nodes.stream().map(Target::of).toList())) {
      load.keepOn(WARM_UP);
    }
  }

  private List<Node> nodes(Path configuration, Map<String, String> more) {
    List<Node.Address> addresses = IntStream.rangeClosed(1, NODES)
        .mapToObj(number -> Node.Address.at(place.hostOf(number)))
        .toList();
    String members = addresses.stream().map(Node.Address::member).collect(Collectors.joining(","));
    return IntStream.rangeClosed(1, NODES)
        .mapToObj(number -> node(
            number,
            addresses.get(number - 1),
            environment(configuration, addresses.get(number - 1), members, more)))
        .toList();
  }

  private Node node(int number, Node.Address address, Map<String, String> environment) {
    String name = "n" + number;
    List<String> command = new ArrayList<>(place.before(number));
    command.addAll(List.of(House.program().toString(), "up"));
    environment.put("GRADELANE_DATA_DIR", folder.resolve(name).toString());
    return new Node(name, address, processes, command, environment);
  }

  private static Map<String, String> environment(
      Path configuration, Node.Address address, String members, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GRADELANE_JAR", House.jar().toString());
    environment.put("GRADELANE_CONFIG", configuration.toString());
    environment.put("GRADELANE_HTTP_HOST", address.host());
    environment.put("GRADELANE_HTTP_PORT", address.http() + "");
    environment.putAll(Cluster.environment(address, members));
    return environment;
  }

  // --- who and where --------------------------------------------------------------------------

  Pool pool() {
    return pool;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** The node that all of them call the pool's owner. */
  Node owner() {
    awaitOneOwner();
    return Cluster.owner(nodes).orElseThrow();
  }

  List<Node> others(Node one) {
    return nodes.stream().filter(node -> node != one).toList();
  }

  History history() {
    return history;
  }

  /** Starts a balancer in front of all nodes. */
  Target front(Balancer balancer) {
    URI url = balancer.start(processes, folder, nodes);
    return Target.of(balancer.name(), url);
  }

  /** A file of this drill's. */
  Path file(String name) {
    return folder.resolve(name);
  }

  // --- what happens ---------------------------------------------------------------------------

  Load steady(List<Target> targets) {
    return Load.steady(history, PER_SECOND, targets);
  }

  /** Waits until all living nodes name one owner and see each other; answers how long that took, in milliseconds. */
  double awaitOneOwner() {
    long began = System.nanoTime();
    Eventually.await(
        "all nodes name one owner", LONGEST_JOIN, () -> Cluster.owner(nodes).isPresent());
    return (System.nanoTime() - began) / 1e6;
  }

  /** Something is wrong on purpose, from {@code moment} on, for so long. */
  void fault(long moment, Duration length) {
    faults.add(Window.from(moment, length));
  }

  /** The oracle's figures, and how long requests took. */
  Sheet sheet(String drill) {
    var millis = history.millis();
    return new Sheet(drill)
        .add(Oracle.of(history, pool, List.copyOf(faults)))
        .add(Figure.told("answered after, p50", millis.getValueAtPercentile(50), "ms"))
        .add(Figure.told("answered after, p99", millis.getValueAtPercentile(99), "ms"))
        .add(Figure.told("answered after, longest", millis.getMaxValue(), "ms"))
        .note(history.told());
  }

  /** The most that were ever on one server. */
  int mostInFlight() {
    return pool.mostInFlight(Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /** What happened when, for who wants to look closer; seconds since the first request was due. */
  private void keep() {
    List<Call> calls = history.calls();
    long start = calls.stream().mapToLong(Call::intended).min().orElse(0);
    write("requests.csv", calls.stream().map(call -> call.line(start)));
    write("runs.csv", pool.runs().stream().map(run -> run.line(start)));
  }

  private void write(String name, Stream<String> lines) {
    try {
      Files.write(file(name), lines.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    keep();
    processes.close();
    pool.close();
    place.close();
  }

  private static Path emptied(String drill) {
    try {
      Path folder = House.results(drill);
      try (Stream<Path> paths = Files.walk(folder)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(path);
        }
      }
      return House.results(drill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
