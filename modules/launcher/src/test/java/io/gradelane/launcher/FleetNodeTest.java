package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.gradelane.testkit.Eventually;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A node whose servers are hosts of its own fleet: real sandbox processes. */
class FleetNodeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir
  Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of(
      "GRADELANE_HTTP_PORT", "0",
      "GRADELANE_DRAIN_DELAY", "0s",
      "GRADELANE_DATABASE_EMBEDDED", "false",
      "GRADELANE_POOL_WARM_UP", "0s",
      "GRADELANE_FLEET_PROVIDER", "process",
      "GRADELANE_FLEET_INTERVAL", "300ms",
      "GRADELANE_FLEET_ENABLED", "false",
      "GRADELANE_FLEET_MAX", "2",
      "GRADELANE_FLEET_GRACE", "1s"));

  @Test
  void hostsAreLaunchedByHandServeAndEndWithTheirNode() throws Exception {
    environment.put("GRADELANE_DATA_DIR", folder.toString());
    Node node = node();
    Blocking.get(node.start());
    try {
      String host = ask(node, "POST", "/api/v1/fleet/hosts", "").getString("id");
      Eventually.await("it is ready", PATIENCE, () -> state(node, host).equals("ready"));
      CodeRunnerClient client = new CodeRunnerClient(url(node));
      Eventually.await(
          "it serves",
          PATIENCE,
          () -> client.execute(new Task("c", "int main(void) { return 0; }")).outcome() == 15);
      assertThat(processes()).hasSize(1);
      assertThat(words(node, "fleet"))
          .contains(host, "ready", "Hosts are launched and drained by hand.");

      ask(node, "PATCH", "/api/v1/fleet/hosts/" + host, "{\"terminate\": true}");
      Eventually.await("it has ended", PATIENCE, () -> state(node, host).equals("terminated"));
      assertThat(processes()).isEmpty();
      ask(node, "POST", "/api/v1/fleet/hosts", "");
      Eventually.await("another one has begun", PATIENCE, () -> processes().size() == 1);
    } finally {
      Blocking.get(node.close());
    }
    assertThat(processes()).isEmpty();
  }

  @Test
  void anExamThatIsToldBringsItsHostsAndIsNamed() throws Exception {
    environment.put("GRADELANE_DATA_DIR", folder.toString());
    environment.put("GRADELANE_FLEET_ENABLED", "true");
    Node node = node();
    Blocking.get(node.start());
    try {
      Instant now = Instant.now();
      JsonObject exam = new JsonObject()
          .put("name", "Midterm")
          .put("start", now.plusSeconds(600).toString())
          .put("end", now.plusSeconds(1200).toString())
          .put("students", 80);
      ask(node, "POST", "/api/v1/fleet/exams", exam.encode());

      Eventually.await("two hosts are on their way", PATIENCE, () -> hosts(node).size() == 2);
      assertThat(ask(node, "GET", "/api/v1/fleet/why", "").getString("why"))
          .contains("calendar: 8 slots (80 students of Midterm");
      assertThat(words(node, "fleet", "exams")).contains("Midterm", "api");
    } finally {
      Blocking.get(node.close());
    }
    assertThat(processes()).isEmpty();
  }

  @Test
  void withAStaticProviderTheConfiguredServersAreTheHosts() throws Exception {
    environment.put("GRADELANE_DATA_DIR", folder.toString());
    environment.put("GRADELANE_FLEET_PROVIDER", "static");
    environment.put("GRADELANE_SANDBOX_COUNT", "1");
    Node node = node();
    Blocking.get(node.start());
    try {
      Eventually.await(
          "it is enrolled", PATIENCE, () -> hosts(node).stream().anyMatch(this::isReady));
      String host = hosts(node).getFirst().getString("id");
      Eventually.await(
          "its server is the host's",
          () -> node.servers().values().stream()
              .anyMatch(server -> host.equals(server.spec().labels().get("fleet"))));
      assertThat(node.servers()).containsOnlyKeys("sandbox-1");

      ask(node, "PATCH", "/api/v1/fleet/hosts/" + host, "{\"drain\": true}");
      Eventually.await("it drains", () -> serverState(node).startsWith("drain"));
      ask(node, "PATCH", "/api/v1/fleet/hosts/" + host, "{\"drain\": false}");
      Eventually.await("it is back", PATIENCE, () -> serverState(node).equals("ready"));
    } finally {
      Blocking.get(node.close());
    }
  }

  private boolean isReady(JsonObject host) {
    return host.getString("state").equals("ready");
  }

  private static String serverState(Node node) {
    return node.servers().values().iterator().next().state().word();
  }

  private String state(Node node, String host) {
    return ask(node, "GET", "/api/v1/fleet/hosts/" + host, "").getString("state", "");
  }

  private static List<JsonObject> hosts(Node node) {
    var all = ask(node, "GET", "/api/v1/fleet/hosts", "").getJsonArray("hosts");
    return IntStream.range(0, all.size()).mapToObj(all::getJsonObject).toList();
  }

  /** Hosts that this process has started. */
  private static List<ProcessHandle> processes() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains("-Dgradelane.host="))
        .filter(process -> process.parent().map(ProcessHandle.current()::equals).orElse(false))
        .filter(ProcessHandle::isAlive)
        .toList();
  }

  private static String words(Node node, String... command) {
    StringWriter out = new StringWriter();
    CommandLine line = Main.commandLine(Map.of()).setOut(new PrintWriter(out));
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--url", url(node).toString()));
    assertThat(line.execute(words.toArray(String[]::new))).isZero();
    return out.toString();
  }

  private static URI url(Node node) {
    return URI.create("http://127.0.0.1:" + node.port());
  }

  private static JsonObject ask(Node node, String method, String path, String body) {
    HttpRequest request = HttpRequest.newBuilder(url(node).resolve(path))
        .method(method, BodyPublishers.ofString(body))
        .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Node node() {
    Settings settings = ((Loaded) SettingsLoader.load(Optional.empty(), environment)).settings();
    ConfiguredServers servers =
        new ConfiguredServers(settings, () -> SettingsLoader.load(Optional.empty(), environment));
    return Blocking.get(Node.open("n", settings, servers));
  }
}
