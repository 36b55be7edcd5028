package io.gradelane.launcher;

import static io.gradelane.launcher.TwoNodes.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.Blocking;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes of one cluster in this process. */
class ClusteredNodesTest {

  private static final String HELLO = "5d41402abc4b2a76b9719d911017c592";
  private static final String RESTAPI = "/jobe/index.php/restapi/";

  @TempDir
  Path folder;

  private TwoNodes nodes;
  private Node first;
  private Node second;

  @BeforeEach
  void start() {
    nodes = TwoNodes.start(folder, Map.of());
    first = nodes.first;
    second = nodes.second;
  }

  @AfterEach
  void stop() {
    nodes.close();
  }

  @Test
  void whatIsConfiguredOnOneServesTheRunsOfBoth() {
    for (Node node : new Node[] {first, second}) {
      assertThat(run(node, "[]").statusCode()).isEqualTo(200);
    }
    assertThat(nodes.stub.counts().mostInFlight()).isPositive();
    eventually("the tags of the languages are equal", () -> etag(first).equals(etag(second)));
    assertThat(nodes.get(second, RESTAPI + "languages").body()).contains("python3");
  }

  @Test
  void aFileThatWasPutThroughOneServesRunsOfTheOther() {
    assertThat(nodes.send(first, "HEAD", RESTAPI + "files/" + HELLO, "").statusCode())
        .isEqualTo(404);
    String content = Base64.getEncoder().encodeToString("hello".getBytes(StandardCharsets.UTF_8));
    nodes.send(
        first, "PUT", RESTAPI + "files/" + HELLO, "{\"file_contents\": \"" + content + "\"}");

    assertThat(nodes.send(second, "HEAD", RESTAPI + "files/" + HELLO, "").statusCode())
        .isEqualTo(204);
    assertThat(run(second, "[[\"" + HELLO + "\", \"hello.txt\"]]").statusCode()).isEqualTo(200);
    assertThat(run(second, "[[\"" + "0".repeat(32) + "\", \"nothing.txt\"]]").statusCode())
        .isEqualTo(404);
    assertThat(nodes.stub.counts().filesPut()).isEqualTo(1);
  }

  @Test
  void whatAnOperatorSaysOnOneHoldsOnTheOther() {
    String servers = "/api/v1/servers/s1";
    HttpResponse<String> changed =
        nodes.send(second, "PATCH", servers, "{\"slots\": 9, \"cores\": 3}");

    assertThat(changed.statusCode()).isEqualTo(200);
    eventually(
        "it is so on the other",
        () -> nodes.json(first, servers).getInteger("slots").equals(9));
    assertThat(nodes.get(first, servers).headers().firstValue("etag"))
        .isEqualTo(changed.headers().firstValue("etag"));
    assertThat(nodes.send(first, "POST", "/api/v1/servers/refresh", "").statusCode())
        .isEqualTo(200);
    assertThat(nodes.json(second, servers).getInteger("slots")).isEqualTo(9);
  }

  @Test
  void whenOneLeavesTheOtherGoesOn() {
    Blocking.get(first.close());

    eventually("it is alone", () -> nodes.members(second).size() == 1);
    eventually("it dispatches", () -> "second".equals(nodes.owner(second)));
    assertThat(run(second, "[]").statusCode()).isEqualTo(200);
    assertThat(nodes.json(second, "/api/v1/servers/s1").getString("state")).isEqualTo("ready");
  }

  private HttpResponse<String> run(Node node, String files) {
    return nodes.send(
        node,
        "POST",
        RESTAPI + "runs",
        "{\"run_spec\": {\"language_id\": \"python3\", \"sourcecode\": \"print(1)\", \"file_list\": "
            + files + "}}");
  }

  private String etag(Node node) {
    return nodes.get(node, RESTAPI + "languages").headers().firstValue("etag").orElse("");
  }
}
