package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.StubJobe;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JobeFaceTest {

  private static final String LANGUAGES = "/jobe/index.php/restapi/languages";
  private static final String ID = "5b51c93de722e89c92b5f997dfe25c68";
  private static final String CONTENTS = "{\"file_contents\":\"aGk=\"}";
  private static final String MISSING =
      "\"One or more of the specified files is missing/unavailable\"";

  private House house;

  @BeforeEach
  void open() {
    house = new House();
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void languagesAreTheUnionOfTheReadyServersEachInItsNewestVersion() {
    house.add("s3", house.stub(1).url(), Map.of("python3", "3.9.18", "java", "17.0.2"));
    house.add("s4", house.stub(1).url(), Map.of("python3", "3.12.0", "java", "Unknown"));

    Wire.Answer answer = house.get(LANGUAGES);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("[[\"java\",\"17.0.2\"],[\"python3\",\"3.12.0\"]]");
    assertThat(answer.header("content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(answer.header("content-length"))
        .isEqualTo(String.valueOf(answer.body().length()));
  }

  @Test
  void languagesCarryAnEntityTagThatSparesTheSecondTransfer() {
    String etag = house.get(LANGUAGES).header("etag");

    assertThat(etag).startsWith("\"").endsWith("\"");
    assertThat(house.get(LANGUAGES, "If-None-Match: " + etag).status()).isEqualTo(304);
    assertThat(house.get(LANGUAGES, "If-None-Match: \"other\", " + etag).status())
        .isEqualTo(304);

    house.add("s3", house.stub(1).url(), Map.of("c", "12"));
    assertThat(house.get(LANGUAGES, "If-None-Match: " + etag).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobe/index.php/restapi/languages/",
        "/jobe/index.php/restapi/languages?x=1",
        "/jobe/public/index.php/restapi/languages",
        "/jobe/index.php?/restapi/languages",
        "//jobe//index.php/restapi//languages",
        "/lane/exam/jobe/index.php/restapi/languages",
        "/user/ann/jobe/index.php/restapi/languages",
        "/lane/exam/user/ann/jobe/index.php/restapi/languages",
        "http://gateway/jobe/index.php/restapi/languages",
      })
  void everyFormOfAddressIsKnown(String path) {
    assertThat(house.get(path).body()).isEqualTo("[[\"python3\",\"3.11.2\"]]");
  }

  @Test
  void aRunIsAnsweredWithTheServersOwnBytes() {
    String odd =
        "{\"run_id\": null,  \"outcome\":15,\"cmpinfo\":\"\",\"stdout\":\"é\\u0000\",\"stderr\":\"\",\"x\":1}";
    house
        .stub(1)
        .answering(spec -> new io.gradelane.testkit.StubAnswer(java.time.Duration.ZERO, 200, odd));

    Wire.Answer answer = house.run();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(odd);
    assertThat(answer.header("content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(answer.header("cache-control")).isEqualTo("no-store, max-age=0, no-cache");
    assertThat(answer.header("transfer-encoding")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /jobe/index.php/restapi/runs",
    "PUT, /jobe/index.php/restapi/runs",
    "DELETE, /jobe/index.php/restapi/files/abcdefgh",
    "GET, /jobe/index.php/restapi/files/abcdefgh",
    "POST, /jobe/index.php/restapi/languages",
    "GET, /jobe/index.php/restapi/runresults/1",
    "PUT, /jobe/index.php/restapi/files/",
    "PUT, /jobe/index.php/restapi/files/a-b",
    "GET, /jobe/index.php/restapi/languages.json",
    "GET, /jobe/",
    "OPTIONS, /jobe/index.php/restapi/runs",
    "PURGE, /jobe/index.php/restapi/runs",
  })
  void whatJobeDoesNotKnowIsAnEmptyJsonString(String method, String path) {
    Wire.Answer answer = house.send(House.request(method, path, ""));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo("\"\"");
    assertThat(answer.header("content-type")).isEqualTo("application/json; charset=UTF-8");
  }

  @Test
  void postOfAFileWithoutAnIdIsRefusedAsByJobe19() {
    Wire.Answer answer = house.post("/jobe/index.php/restapi/files", CONTENTS);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("\"file_post: not implemented on this server\"");
  }

  @Test
  void headOfWhatIsNoFileHasNoBodyAndTheConnectionGoesOn() {
    try (Wire wire = house.open()) {
      wire.send(House.request("HEAD", LANGUAGES, "") + House.request("GET", LANGUAGES, ""));

      assertThat(wire.answerToHead().status()).isEqualTo(404);
      assertThat(wire.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aPreflightIsAnsweredAsByJobe21() {
    Wire.Answer answer = house.send(House.request(
        "OPTIONS",
        House.RUNS,
        "",
        "Origin: https://moodle",
        "Access-Control-Request-Method: POST"));

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo("*");
    assertThat(answer.header("access-control-allow-headers")).startsWith("X-API-KEY, Origin");
    assertThat(answer.header("access-control-allow-methods"))
        .isEqualTo("GET, POST, OPTIONS, PUT, HEAD, DELETE");
    assertThat(answer.header("content-length")).isEmpty();
    assertThat(house.run().header("access-control-allow-origin")).isEqualTo("*");
  }

  @Test
  void optionsOfTheServerItselfIsEmpty() {
    Wire.Answer answer = house.send(House.request("OPTIONS", "*", ""));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-length")).isEqualTo("0");
  }

  @Test
  void onlyConfiguredOriginsAreAllowed() {
    House.Plan plan = new House.Plan();
    plan.origins = List.of("https://moodle.example");
    try (House strict = new House(plan)) {
      Wire.Answer known = strict.run("Origin: https://moodle.example");
      Wire.Answer other = strict.run("Origin: https://elsewhere.example");

      assertThat(known.header("access-control-allow-origin")).isEqualTo("https://moodle.example");
      assertThat(known.header("vary")).containsIgnoringCase("origin");
      assertThat(other.header("access-control-allow-origin")).isEmpty();
      assertThat(other.status()).isEqualTo(200);
    }
  }

  @Test
  void aFileThatWasPutIsThere() {
    assertThat(head(ID).status()).isEqualTo(404);
    Wire.Answer put = house.put(ID, CONTENTS);

    assertThat(put.status()).isEqualTo(204);
    assertThat(put.header("content-type")).isEmpty();
    assertThat(put.header("content-length")).isEmpty();
    assertThat(head(ID).status()).isEqualTo(204);
  }

  private Wire.Answer head(String id) {
    try (Wire wire = house.open()) {
      return wire.send(House.request("HEAD", "/jobe/index.php/restapi/files/" + id, ""))
          .answerToHead();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|400|\"put: missing file_contents parameter\"",
        "{\"file_contents\":\"%%%\"}|400|\"put: contents of file " + ID
            + " are not valid base-64\"",
        "nonsense|500|\"\"",
      })
  void aPutThatSaysNothingIsAnsweredInJobesWords(String body, int status, String text) {
    Wire.Answer answer = house.put(ID, body);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body()).isEqualTo(text);
  }

  @Test
  void aFileThatIsTooLargeIsSaidSo() {
    String body = "{\"file_contents\":\"" + "AAAA".repeat(200_000) + "\"}";

    assertThat(house.put(ID, body).status()).isEqualTo(413);
  }

  @Test
  void aRunWithAFileThatNobodyPutNeverComesToALane() {
    Wire.Answer answer = house.post(House.RUNS, withFile(ID));

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).isEqualTo(MISSING);
    assertThat(house.permits().wants).isEmpty();
  }

  @Test
  void aRunsFilesAreSentOnUnderTheMd5OfTheirContent() {
    house.put("myOwnName", CONTENTS);
    StubJobe stub = house.stub(1).recordRequests();

    Wire.Answer answer = house.post(House.RUNS, withFile("myOwnName"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(stub.files()).containsOnlyKeys("49f68a5c8493ec2c0bf489821c21fc3b");
    assertThat(stub.requests().getLast().body()).contains("49f68a5c8493ec2c0bf489821c21fc3b");
  }

  private static String withFile(String id) {
    JsonArray file = new JsonArray().add(id).add("data.txt");
    return House.spec("print(1)", new JsonObject().put("file_list", new JsonArray().add(file)));
  }

  @Test
  void aRunThatJobeWouldObjectToIsAnsweredWithoutAPermit() {
    Wire.Answer answer = house.post(House.RUNS, "{\"run_spec\":{\"language_id\":\"python3\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body())
        .isEqualTo("\"run_spec is missing the required attribute 'sourcecode'\"");
    assertThat(house.permits().wants).isEmpty();
  }

  @Test
  void aLanguageThatNoServerHasIsNotKnown() {
    Wire.Answer answer =
        house.post(House.RUNS, "{\"run_spec\":{\"language_id\":\"Klingon\",\"sourcecode\":\"\"}}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("\"Language 'klingon' is not known\"");
  }

  @Test
  void aBodyOverTheLimitIsRefusedInAJsonStringBeforeItIsSent() {
    try (Wire wire = house.open()) {
      Wire.Answer answer = wire.send("POST " + House.RUNS
              + " HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n")
          .answer();

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).startsWith("\"").endsWith("\"");
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void aChunkedBodyOverTheLimitIsRefusedWhereItCrossesIt() {
    String chunk = "10000\r\n" + "x".repeat(0x10000) + "\r\n";
    try (Wire wire = house.open()) {
      wire.send(
          "POST " + House.RUNS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 17; i++) {
        wire.send(chunk);
      }

      assertThat(wire.answer().status()).isEqualTo(413);
      wire.send("0\r\n\r\n");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void aLargeBodyIsAskedForAndAnswered() {
    String body = House.spec("#" + "x".repeat(900_000));
    try (Wire wire = house.open()) {
      wire.send("POST " + House.RUNS + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
          + "\r\nExpect: 100-continue\r\n\r\n");
      assertThat(wire.answer().status()).isEqualTo(100);

      assertThat(wire.send(body).answer().status()).isEqualTo(200);
    }
  }

  @Test
  void aChunkedBodyInManyPiecesIsPutTogether() {
    try (Wire wire = house.open()) {
      wire.send(
          "POST " + House.RUNS + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (char c : House.HELLO.toCharArray()) {
        wire.send("1;x=y\r\n" + c + "\r\n");
      }

      assertThat(wire.send("0\r\nTrailer: x\r\n\r\n").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void twoUserAgentsAreWhatCodeRunnerSends() {
    assertThat(house.run("User-Agent: MoodleBot/5.1", "User-Agent: CodeRunner").status())
        .isEqualTo(200);
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() {
    try (Wire wire = house.open()) {
      wire.send(House.request("POST", House.RUNS, House.HELLO)
          + House.request("GET", LANGUAGES, "")
          + House.request("GET", "/jobe/nothing", ""));

      assertThat(wire.answer().body()).contains("outcome");
      assertThat(wire.answer().body()).contains("python3");
      assertThat(wire.answer().status()).isEqualTo(404);
    }
  }

  @Test
  void aRequestIdIsTakenOverAndPassedOn() {
    StubJobe stub = house.stub(1).recordRequests();
    String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    Wire.Answer answer = house.run("X-Request-Id: exam.7_A-b", "traceparent: " + trace);

    assertThat(answer.header("x-request-id")).isEqualTo("exam.7_A-b");
    assertThat(answer.header("traceparent")).startsWith(trace.substring(0, 36)).endsWith("-01");
    assertThat(stub.requests().getLast().headers().get("X-Request-Id")).isEqualTo("exam.7_A-b");
    assertThat(stub.requests().getLast().headers().get("traceparent"))
        .isEqualTo(answer.header("traceparent"))
        .isNotEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a b",
        "<script>",
        "ü",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void aRequestIdThatCouldDoHarmIsReplaced(String offered) {
    assertThat(house.run("X-Request-Id: " + offered).header("x-request-id"))
        .matches("[0-9a-f]{16}");
  }

  @Test
  void aRunGoesToTheLaneThatItsHeaderOrItsAddressNames() {
    assertThat(house.run().header("x-gradelane-lane")).isEqualTo("default");
    assertThat(house.run("X-Gradelane-Lane: bulk").header("x-gradelane-lane")).isEqualTo("bulk");
    assertThat(house.post("/lane/exam" + House.RUNS, House.HELLO).header("x-gradelane-lane"))
        .isEqualTo("exam");
    assertThat(house.run("X-Gradelane-Lane: nosuch").header("x-gradelane-lane"))
        .isEqualTo("default");
    assertThat(house.permits().wants)
        .extracting(want -> want.lane())
        .containsExactly("default", "bulk", "exam", "default");
  }

  @Test
  void aRunIsItsUsersAndItsJobIdIsAHintWithinItsTenant() {
    house.post("/lane/exam/user/ann" + House.RUNS, House.HELLO);
    house.run("X-Gradelane-User: ben", "X-CodeRunner-Job-Id: 39f07009");

    assertThat(house.permits().wants).extracting(want -> want.user()).containsExactly("ann", "ben");
    assertThat(house.permits().wants.getLast().stickyKey()).isEqualTo("anonymous 39f07009");
  }

  @Test
  void whatIsNotJobesBusinessIsNotSentOnAndLimitsAreClamped() {
    StubJobe stub = house.stub(1).recordRequests();
    JsonObject parameters = new JsonObject().put("jobeapikey", "secret").put("streamsize", 5000);
    house.post(
        House.RUNS,
        House.spec(
            "print(1)",
            new JsonObject().put("jobeserver", "https://x").put("parameters", parameters)));

    assertThat(stub.requests().getLast().body())
        .doesNotContain("secret")
        .doesNotContain("jobeserver")
        .contains("\"streamsize\":20");
  }
}
