package io.gradelane.cluster.harness;

import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Nodes that share a PostgreSQL and keep one fleet of sandbox processes, with short times. Closing it leaves nothing behind
 * but logs.
 */
final class FleetStage implements AutoCloseable {

  static final int SLOTS = 2;
  static final int MOST = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final Processes processes;
  private final PostgresFixture postgres = PostgresFixture.start();
  private final FleetProcesses hosts;
  private final List<Node> nodes;

  private FleetStage(String drill, int count, int least) {
    try {
      folder = House.results(drill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    processes = new Processes(folder);
    hosts = new FleetProcesses(drill + "-" + Long.toHexString(System.nanoTime() & 0xffffff));
    List<Node.Address> addresses =
        IntStream.range(0, count).mapToObj(any -> Node.Address.at(HOST)).toList();
    String members = addresses.stream().map(Node.Address::member).collect(Collectors.joining(","));
    nodes = IntStream.range(0, count)
        .mapToObj(i -> node("n" + (i + 1), addresses.get(i), count > 1 ? members : "", least))
        .toList();
  }

  /** @param least hosts that there always are */
  static FleetStage open(String drill, int nodes, int least) {
    FleetStage stage = new FleetStage(drill, nodes, least);
    try {
      stage.nodes.forEach(Node::start);
      stage.nodes.forEach(Node::awaitReady);
      stage.awaitReady(least);
      return stage;
    } catch (RuntimeException | AssertionError e) {
      stage.close();
      throw e;
    }
  }

  private Node node(String name, Node.Address address, String members, int least) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("GRADELANE_JAR", House.jar().toString());
    environment.put("GRADELANE_DATA_DIR", folder.resolve(name).toString());
    environment.put("GRADELANE_HTTP_HOST", address.host());
    environment.put("GRADELANE_HTTP_PORT", address.http() + "");
    environment.put(
        "GRADELANE_DATABASE_URL",
        "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.database());
    environment.put("GRADELANE_DATABASE_USER", postgres.user());
    environment.put("GRADELANE_DATABASE_PASSWORD", postgres.password());
    environment.put("GRADELANE_DRAIN_DELAY", "0s");
    environment.put("GRADELANE_LOG_FORMAT", "text");
    environment.put("GRADELANE_HEALTH_TIMEOUT", "5s");
    environment.put("GRADELANE_POOL_WARM_UP", "2s");
    environment.putAll(fleet(least));
    if (!members.isEmpty()) {
      environment.putAll(Cluster.environment(address, members));
    }
    return new Node(
        name, address, processes, List.of(House.program().toString(), "up"), environment);
  }

  private Map<String, String> fleet(int least) {
    return Map.of(
        "GRADELANE_FLEET_PROVIDER",
        "process",
        "GRADELANE_FLEET_CLUSTER",
        hosts.cluster(),
        "GRADELANE_FLEET_PROCESS_FOLDER",
        folder.resolve("hosts").toString(),
        "GRADELANE_FLEET_MIN",
        least + "",
        "GRADELANE_FLEET_MAX",
        MOST + "",
        "GRADELANE_FLEET_SLOTS_PER_HOST",
        SLOTS + "",
        "GRADELANE_FLEET_INTERVAL",
        "500ms",
        "GRADELANE_FLEET_HOLD",
        "5s",
        "GRADELANE_FLEET_DOWN_FOR",
        "5s",
        "GRADELANE_FLEET_GRACE",
        "3s");
  }

  List<Node> nodes() {
    return nodes;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  FleetProcesses processes() {
    return hosts;
  }

  /** The node that says that it keeps the fleet. */
  Node leader() {
    Eventually.await("one node keeps the fleet", PATIENCE, () -> leaders().size() == 1);
    return leaders().getFirst();
  }

  private List<Node> leaders() {
    return nodes.stream()
        .filter(Node::isAlive)
        .filter(node -> Web.get(node.url().resolve("/metrics"))
            .body()
            .lines()
            .anyMatch("gradelane_fleet_leads 1.0"::equals))
        .toList();
  }

  // --- what the interface says ------------------------------------------------------------------

  JsonObject get(String path) {
    return Web.json("GET", any().url().resolve(path), "");
  }

  JsonObject send(String method, String path, JsonObject body) {
    return Web.json(method, any().url().resolve(path), body.encode());
  }

  /** Asks for one more host, until somebody can write it down; answers its name. */
  String launch() {
    String[] host = {""};
    Eventually.await("a host is written down", PATIENCE, () -> {
      host[0] = send("POST", "/api/v1/fleet/hosts", new JsonObject()).getString("id", "");
      return !host[0].isEmpty();
    });
    return host[0];
  }

  /** The names of the hosts in a state; of all living ones if it is empty. */
  Set<String> hosts(String state) {
    JsonArray all = get("/api/v1/fleet/hosts").getJsonArray("hosts", new JsonArray());
    return objects(all).stream()
        .filter(host -> state.isEmpty() || host.getString("state").equals(state))
        .map(host -> host.getString("id"))
        .collect(Collectors.toSet());
  }

  void awaitReady(int count) {
    Eventually.await(count + " hosts are ready", PATIENCE, () -> hosts("ready").size() >= count);
  }

  /** Waits until there are so many hosts, all of them ready, and as many processes: the same ones. */
  void awaitSettled(int count) {
    Eventually.await(
        count + " hosts and their processes are left",
        PATIENCE,
        () -> hosts("ready").size() == count
            && hosts("ready").equals(hosts(""))
            && hosts("").equals(hosts.tokens()));
  }

  /** The most host processes that there are at any moment for so long from now on. */
  int mostProcesses(Duration howLong) {
    long end = System.nanoTime() + howLong.toNanos();
    int most = 0;
    while (System.nanoTime() < end) {
      most = Math.max(most, hosts.tokens().size());
      JobArena.pause(LOOK_EVERY);
    }
    return most;
  }

  /** Everything that the loop has written down since then. */
  List<JsonObject> history(Instant since) {
    List<JsonObject> all = new ArrayList<>();
    String next = since.toString();
    while (!next.isEmpty()) {
      JsonObject page = get("/api/v1/fleet/history?since=" + next);
      all.addAll(objects(page.getJsonArray("samples")));
      next = page.getString("next", "");
    }
    return all;
  }

  private Node any() {
    return nodes.stream().filter(Node::isAlive).findFirst().orElseThrow();
  }

  static List<JsonObject> objects(JsonArray array) {
    return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
  }

  /** Nodes are told to leave, so that the last one ends the hosts; whatever is left then is killed. */
  @Override
  public void close() {
    try {
      nodes.stream().filter(Node::isAlive).forEach(Node::leave);
    } finally {
      processes.close();
      hosts.killAll();
      postgres.close();
    }
  }
}
