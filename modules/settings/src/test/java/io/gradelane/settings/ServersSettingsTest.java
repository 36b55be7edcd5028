package io.gradelane.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.server.ServerSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServersSettingsTest {

  @TempDir
  Path folder;

  private Configuration configuration = new Configuration(Path.of(""));

  @BeforeEach
  void begin() {
    configuration = new Configuration(folder);
  }

  @Test
  void aSecretIsReadFromTheFileThatAVariableNames() throws IOException {
    configuration
        .yaml("servers: [{url: 'http://jobe:4000'}]")
        .file("secret", "s3cret\n")
        .env("GRADELANE_SERVERS_S1_API_KEY_FILE", folder.resolve("secret").toString());

    assertThat(configuration.settings().servers().getFirst().apiKey()).isEqualTo("s3cret");
  }

  @Test
  void serversGetIdsSlotsAndCores() throws IOException {
    configuration.yaml("""
        servers:
          - url: jobe1:4000
          - url: https://jobe2.example.edu/jobe/index.php/restapi/
            id: big
            slots: 16
            weight: 2.5
            labels: {room: e12}
          - http://jobe3:4000
        """);

    assertThat(configuration.settings().servers())
        .containsExactly(
            new ServerSpec("s1", URI.create("http://jobe1:4000"), null, 4, 2, 1, Map.of()),
            new ServerSpec(
                "big",
                URI.create("https://jobe2.example.edu"),
                null,
                16,
                8,
                2.5,
                Map.of("room", "e12")),
            new ServerSpec("s3", URI.create("http://jobe3:4000"), null, 4, 2, 1, Map.of()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      http://a:4000, http://b:4000              | two urls between commas
      [{url: 'http://a:4000'}, 'http://b:4000'] | YAML
      [{"url":"http://a:4000"},{"url":"http://b:4000"}] | JSON
      """)
  void serversCanComeFromOneVariable(String text, String kind) throws IOException {
    configuration.env("GRADELANE_SERVERS", text);

    assertThat(configuration.settings().servers())
        .as(kind)
        .extracting(ServerSpec::url)
        .containsExactly(URI.create("http://a:4000"), URI.create("http://b:4000"));
  }

  @Test
  void wrongServersAreTold() throws IOException {
    configuration.yaml("""
        servers:
          - {id: a, slots: 2, cores: 3, url: 'http://h:1'}
          - {id: a, url: 'http://h:2'}
          - {id: b, url: 'http://h:1', weight: 0}
          - {id: c, url: 'ftp://h'}
          - [nested]
        """);

    assertThat(configuration.problems())
        .containsExactly(
            "servers.a.cores: 3 (expected: at most the server's slots, which are 2), line 2",
            "servers.a.id: a (expected: an id that no other server has), line 3",
            "servers.b.weight: 0 (expected: a number above zero), line 4",
            "servers.b.url: http://h:1 (expected: each server once: a has the same url, and its slots would count twice), line 4",
            "servers.c.url: ftp://h (expected: http:// or https:// with host and port, such as http://jobe1:4000), line 5",
            "servers: a list (expected: a URL, or a mapping with one), line 6");
  }

  @Test
  void theOlderProxysListIsRead() throws IOException {
    configuration.yaml("""
            servers: ['http://first:4000']
            jobeList: jobe_list.json
            """).file("jobe_list.json", """
            {"jobe": [
            \t{"url": "http://10.16.173.229:4000", "api_key": "", "weight": 1},
            \t{"url": "http:\\/\\/10.16.173.230:4000", "api_key": "k", "weight": 3},
            \t{"url": "http://10.16.173.231:4000", "api_key": "", "weight": 0}
            ]}
            """).env("GRADELANE_SERVERS_S3_SLOTS", "8");

    assertThat(configuration.settings().servers())
        .containsExactly(
            new ServerSpec("s1", URI.create("http://first:4000"), null, 4, 2, 1, Map.of()),
            new ServerSpec("s2", URI.create("http://10.16.173.229:4000"), null, 4, 2, 1, Map.of()),
            new ServerSpec("s3", URI.create("http://10.16.173.230:4000"), "k", 8, 4, 3, Map.of()));
    assertThat(configuration.loaded().warnings())
        .containsExactly("a server of weight 0 is left out (line 4 of jobe_list.json)");
  }

  @Test
  void aTypingErrorInTheOlderProxysListNamesItsLine() throws IOException {
    configuration.yaml("jobeList: jobe_list.json").file("jobe_list.json", """
            {"jobe": [
              {"url": "http://a:4000" "api_key": "", "weight": 1}
            ]}
            """);

    assertThat(configuration.problems())
        .singleElement()
        .asString()
        .startsWith("jobe_list.json: ")
        .endsWith("(expected: YAML or JSON), line 2 of jobe_list.json");
  }

  @Test
  void aListOfAnotherShapeIsTold() throws IOException {
    configuration.yaml("jobeList: other.json").file("other.json", "{\"servers\": []}");

    assertThat(configuration.problems())
        .containsExactly(
            "other.json: a mapping (expected: {\"jobe\": [{\"url\", \"api_key\", \"weight\"}]}), line 1 of other.json");
  }

  @Test
  void withoutServersThereMustBeASandbox() throws IOException {
    configuration.yaml("sandbox: {count: 0}");

    assertThat(configuration.problems())
        .containsExactly(
            "sandbox.count: 0 (expected: 1 or more while there are no servers), line 1");
  }
}
