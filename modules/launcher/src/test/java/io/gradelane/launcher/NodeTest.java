package io.gradelane.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.settings.Loading;
import io.gradelane.settings.Loading.Loaded;
import io.gradelane.settings.Settings;
import io.gradelane.settings.SettingsLoader;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.CodeRunnerClient;
import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeTest {

  @TempDir
  Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void configure() {
    environment.put("GRADELANE_HTTP_PORT", "0");
    environment.put("GRADELANE_DATA_DIR", folder.toString());
    environment.put("GRADELANE_DRAIN_DELAY", "0s");
    environment.put("GRADELANE_SERVERS", stub.url().toString());
    environment.put("GRADELANE_DATABASE_EMBEDDED", "false");
  }

  @AfterEach
  void stop() {
    stub.close();
    Blocking.get(vertx.close());
  }

  @Test
  void aNodeAnswersRunsAsSoonAsItHasStartedAndNobodyWhenItHasLeft() {
    Node node = node();
    Blocking.get(node.start());
    CodeRunnerClient client = client(node);
    Task task = new Task("python3", "print(1)");

    Execution answered = client.execute(task);
    Blocking.get(node.close());
    Execution refused = client.execute(task);

    assertThat(answered.status()).isEqualTo(200);
    assertThat(answered.stdout()).isEqualTo(task.expectedEcho());
    assertThat(refused.status()).isZero();
  }

  @Test
  void aNodeStartsThoughNoServerIsThere() {
    stub.kill();
    Node node = node();
    Blocking.get(node.start());

    assertThat(client(node).languages().status()).isEqualTo(200);
    Blocking.get(node.close());
  }

  @Test
  void aJobAndItsResultOutliveTheNodeInADatabaseOfItsOwn() {
    environment.put("GRADELANE_DATABASE_EMBEDDED", "true");
    Node first = node();
    Blocking.get(first.start());
    String submitted = "{\"run_spec\":{\"language_id\":\"python3\",\"sourcecode\":\"print(1)\"}}";
    Eventually.await(
        "the database is there",
        Duration.ofMinutes(1),
        () -> ask(first, "POST", "/api/v1/jobs", submitted).getString("firstJob") != null);
    String batch = ask(first, "GET", "/api/v1/batches", "")
        .getJsonArray("batches")
        .getJsonObject(0)
        .getString("id");
    Eventually.await(
        "it has run",
        () -> ask(first, "GET", "/api/v1/batches/" + batch, "").getString("endedAt") != null);
    Blocking.get(first.close());

    Node second = node();
    Blocking.get(second.start());
    try {
      Eventually.await(
          "the database is back",
          Duration.ofMinutes(1),
          () -> ask(second, "GET", "/api/v1/batches/" + batch, "").getString("endedAt") != null);
      JsonObject job = ask(second, "GET", "/api/v1/batches/" + batch + "/jobs", "")
          .getJsonArray("jobs")
          .getJsonObject(0);
      assertThat(job.getInteger("outcome")).isEqualTo(15);
    } finally {
      Blocking.get(second.close());
    }
  }

  @Test
  void aDatabaseOfItsOwnThatIsKilledIsStartedAgain() throws IOException {
    environment.put("GRADELANE_DATABASE_EMBEDDED", "true");
    Node node = node();
    Blocking.get(node.start());
    try {
      awaitBatches(node);
      killPostgres();
      awaitBatches(node);
    } finally {
      Blocking.get(node.close());
    }
  }

  private void killPostgres() throws IOException {
    Path pid = folder.resolve("postgres/data/postmaster.pid");
    long process = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
    ProcessHandle postgres = ProcessHandle.of(process).orElseThrow();
    postgres.destroyForcibly();
    postgres.onExit().join();
  }

  private static void awaitBatches(Node node) {
    Eventually.await(
        "the database is there",
        Duration.ofMinutes(1),
        () -> ask(node, "GET", "/api/v1/batches", "").containsKey("batches"));
  }

  @Test
  void noOtherNodeStartsInTheFolderOfOneThatRuns() {
    Node first = node();
    Blocking.get(first.start());
    Node second = node();
    try {
      Future<Void> started = second.start();

      Eventually.await("it has failed", started::isComplete);
      assertThat(started.cause())
          .hasMessageStartingWith("data.dir: " + folder + " belongs to a node that runs (process ")
          .hasMessageEndingWith("choose another folder with data.dir or GRADELANE_DATA_DIR");
    } finally {
      Blocking.get(second.close());
      Blocking.get(first.close());
    }
    Node third = node();
    Blocking.get(third.start());
    Blocking.get(third.close());
  }

  private static JsonObject ask(Node node, String method, String path, String body) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(
              URI.create("http://127.0.0.1:" + node.port() + path))
          .method(method, BodyPublishers.ofString(body))
          .timeout(Duration.ofSeconds(20))
          .build();
      return new JsonObject(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Test
  void theBannersCommandNamesALanguageThatIsThere() {
    stub.speaking(Map.of("c", "12.2.0"));
    Node node = node();
    Blocking.get(node.start());

    String curl = new Banner(settings(), node.servers(), node.port()).curl();

    assertThat(curl)
        .contains("http://127.0.0.1:" + node.port() + "/jobe/index.php/restapi/runs")
        .contains("\"language_id\": \"c\"");
    Blocking.get(node.close());
  }

  @Test
  void aRefreshReadsTheConfigurationAgain() {
    Settings started = settings();
    ConfiguredServers servers =
        new ConfiguredServers(started, () -> SettingsLoader.load(Optional.empty(), environment));

    assertThat(Blocking.get(servers.read())).isEqualTo(started.servers());
    environment.put("GRADELANE_SERVERS", "http://other:4000");
    assertThat(Blocking.get(servers.read()))
        .singleElement()
        .satisfies(server -> assertThat(server.url()).isEqualTo(URI.create("http://other:4000")));
    environment.put("GRADELANE_SERVERS", "ftp://other");
    assertThat(servers.read().cause())
        .hasMessageContaining("servers.s1.url: ftp://other (expected: ");
  }

  private Node node() {
    Settings settings = settings();
    return Blocking.get(Node.open(
        "test",
        settings,
        new ConfiguredServers(settings, () -> SettingsLoader.load(Optional.empty(), environment))));
  }

  private Settings settings() {
    Loading loading = SettingsLoader.load(Optional.empty(), environment);
    assertThat(loading).isInstanceOf(Loaded.class);
    return ((Loaded) loading).settings();
  }

  private static CodeRunnerClient client(Node node) {
    return new CodeRunnerClient(URI.create("http://127.0.0.1:" + node.port()));
  }
}
