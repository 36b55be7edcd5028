package io.gradelane.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gradelane.sandbox.SandboxOptions.Confinement;
import io.gradelane.testkit.Eventually;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SandboxServerTest {

  private static final String API = "/jobe/index.php/restapi/";

  @TempDir
  private Path dir = Path.of("");

  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);

  @AfterEach
  void close() throws Exception {
    vertx.close().await(30, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource(Confinement.class)
  void killsAllOfARunWhenItsFirstProcessEnds(Confinement confinement) throws Exception {
    SandboxServer server = start(options(2).withConfinement(confinement));
    String marker = marker();
    JsonObject result = python(
        server,
        "import os\nif os.fork()==0:\n  os.setpgid(0,0)\n  os.execvp('sleep',['sleep','%s'])\nprint('done')\n"
            .formatted(marker));
    assertThat(result.getString("stdout")).isEqualTo("done\n");
    Eventually.await(
        "what was killed has ended", () -> sleeping(marker).findAny().isEmpty());
  }

  /** Seconds to sleep that no other process sleeps for. */
  private static String marker() {
    return "600." + Math.abs(UUID.randomUUID().getLeastSignificantBits() % 1_000_000);
  }

  private static Stream<ProcessHandle> sleeping(String marker) {
    String line = "sleep " + marker;
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(line));
  }

  @ParameterizedTest
  @EnumSource(Confinement.class)
  void stopsAProgramAtItsLimits(Confinement confinement) throws Exception {
    SandboxServer server = start(options(2).withConfinement(confinement));
    JsonObject limits = new JsonObject().put("cputime", 1);
    assertThat(python(server, "while 1: pass", limits).getInteger("outcome")).isEqualTo(13);
    JsonObject slept = python(
        server,
        "import time\nprint('a',flush=True)\ntime.sleep(60)",
        new JsonObject().put("cputime", 3));
    assertThat(slept.getInteger("outcome")).isEqualTo(13);
    assertThat(slept.getString("stdout")).isEqualTo("a\n");
    JsonObject flood = python(server, "print('x'*5000000)", new JsonObject().put("streamsize", 1));
    assertThat(flood.getInteger("outcome")).isEqualTo(15);
    assertThat(flood.getString("stdout")).hasSize(1_024_000);
  }

  @Test
  void cutsTheNetworkOff() throws Exception {
    SandboxServer server = start(options(1));
    String line =
        "import socket\nsocket.create_connection(('127.0.0.1',%d),5)\n".formatted(server.port());
    assumeTrue(server.confinement() != Confinement.PLAIN, "neither bwrap nor unshare work here");
    assertThat(python(server, line).getString("stderr")).contains("Error");
  }

  @Test
  void tellsOfASignalThatKilledEvenTheShell() throws Exception {
    SandboxServer server = start(options(1).withConfinement(Confinement.PLAIN));
    JsonObject result =
        python(server, "import os\nos.kill(os.getppid(), 9)\nimport time\ntime.sleep(60)\n");
    assertThat(result.getInteger("outcome")).isEqualTo(12);
    assertThat(result.getString("stderr")).contains("command terminated with signal 9");
  }

  @Test
  void refusesWhenNoSlotBecomesFreeInTime() throws Exception {
    SandboxServer server = start(options(1).withPolling(Duration.ofMillis(5), 2));
    String marker = marker();
    Future<HttpResponse<Buffer>> occupier = post(
        server,
        spec(
            "import os\nos.execvp('sleep',['sleep','%s'])".formatted(marker),
            new JsonObject().put("cputime", 30)));
    Eventually.await(
        "the occupier has its slot", () -> sleeping(marker).findAny().isPresent());
    JsonObject second = python(server, "print(1)");
    assertThat(second.encode())
        .isEqualTo(
            "{\"run_id\":\"0\",\"outcome\":21,\"cmpinfo\":\"\",\"stdout\":\"\",\"stderr\":\"\"}");
    assertThat(occupier.isComplete()).isFalse();
    server.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void sharesWhatItFoundOutWithItsNeighbour() throws Exception {
    SandboxServer first = start(options(1));
    SandboxServer second = start(new SandboxOptions("127.0.0.1", 0, 1, dir.resolve("second")));
    assertThat(second.languages()).isEqualTo(first.languages());
    assertThat(second.port()).isNotEqualTo(first.port());
  }

  @Test
  void takesNoBodyBeyondItsLimit() throws Exception {
    SandboxOptions small = new SandboxOptions(
        "127.0.0.1", 0, 1, dir, Confinement.PLAIN, Duration.ofSeconds(1), 10, 1000, 1000);
    SandboxServer server = start(small);
    HttpResponse<Buffer> answer =
        post(server, Buffer.buffer("x".repeat(1001))).await(30, TimeUnit.SECONDS);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.bodyAsString()).isEqualTo("\"Request body is too large\"");
  }

  @Test
  void answersOddRequestsAsJobeDoes() throws Exception {
    SandboxServer server = start(options(1));
    assertThat(status(server, HttpMethod.GET, "runs")).isEqualTo(404);
    assertThat(status(server, HttpMethod.POST, "files")).isEqualTo(403);
    assertThat(status(server, HttpMethod.HEAD, "files/abcdefgh")).isEqualTo(404);
    assertThat(status(server, HttpMethod.OPTIONS, "runs")).isEqualTo(404);
  }

  private int status(SandboxServer server, HttpMethod method, String path) throws Exception {
    return client
        .request(method, server.port(), "127.0.0.1", API + path)
        .send()
        .await(30, TimeUnit.SECONDS)
        .statusCode();
  }

  private SandboxOptions options(int slots) {
    return new SandboxOptions("127.0.0.1", 0, slots, dir);
  }

  private SandboxServer start(SandboxOptions options) throws Exception {
    SandboxServer server = SandboxServer.start(vertx, options).await(60, TimeUnit.SECONDS);
    assumeTrue(server.languages().containsKey("python3"), "no python3 on this machine");
    return server;
  }

  private JsonObject python(SandboxServer server, String source) throws Exception {
    return python(server, source, new JsonObject());
  }

  private JsonObject python(SandboxServer server, String source, JsonObject parameters)
      throws Exception {
    return post(server, spec(source, parameters)).await(60, TimeUnit.SECONDS).bodyAsJsonObject();
  }

  private static Buffer spec(String source, JsonObject parameters) {
    JsonObject spec = new JsonObject().put("language_id", "python3").put("sourcecode", source);
    return new JsonObject()
        .put("run_spec", spec.put("file_list", new JsonArray()).put("parameters", parameters))
        .toBuffer();
  }

  private Future<HttpResponse<Buffer>> post(SandboxServer server, Buffer body) {
    return client.post(server.port(), "127.0.0.1", API + "runs").sendBuffer(body);
  }
}
