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
import io.gradelane.testkit.StubJobe;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
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
