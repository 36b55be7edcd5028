package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MalformedHttpTest {

  private static final String RUN = "POST " + House.RUNS + " HTTP/1.1\r\n";

  private House house;

  @BeforeAll
  void open() {
    house = new House();
  }

  @AfterAll
  void close() {
    house.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no host | GET /livez HTTP/1.1~~",
        "two hosts | GET /livez HTTP/1.1~Host: a~Host: b~~",
        "the same host twice | GET /livez HTTP/1.1~Host: a~Host: a~~",
        "two hosts in HTTP/1.0 | GET /livez HTTP/1.0~Host: a~Host: b~~",
        "a list of hosts | GET /livez HTTP/1.1~Host: a, b~~",
        "a host with credentials | GET /livez HTTP/1.1~Host: a@b~~",
        "both lengths | POST /livez HTTP/1.1~Host: a~Content-Length: 3~Transfer-Encoding: chunked~~0~~",
        "two lengths that differ | POST /livez HTTP/1.1~Host: a~Content-Length: 3~Content-Length: 4~~abcd",
        "a length that is none | POST /livez HTTP/1.1~Host: a~Content-Length: 3x~~abc",
        "a negative length | POST /livez HTTP/1.1~Host: a~Content-Length: -1~~",
        "a length with a sign | POST /livez HTTP/1.1~Host: a~Content-Length: +3~~abc",
        "an unknown transfer coding | POST /livez HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~0~~",
        "chunked but not last | POST /livez HTTP/1.1~Host: a~Transfer-Encoding: chunked, identity~~0~~",
        "a space before the colon | GET /livez HTTP/1.1~Host : a~~",
        "a header without a colon | GET /livez HTTP/1.1~Host: a~nonsense~~",
        "a garbage line | rubbish~~",
        "a control character in a header | GET /livez HTTP/1.1~Host: a~X: a\u0001b~~",
      })
  void isTurnedAwayAndTheConnectionIsClosed(String what, String request) {
    try (Wire wire = house.open()) {
      Wire.Answer answer = wire.send(request.replace("~", "\r\n")).answer();

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).contains("\"code\":\"malformed\"").doesNotContain("io.netty");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"a header of 20 kB, X: ", "a path of 20 kB, /"})
  void anOverlongHeadIsTurnedAway(String what, String start) {
    String longer = start + "a".repeat(20_000);
    String request = start.equals("/")
        ? "GET " + longer + " HTTP/1.1\r\nHost: a\r\n\r\n"
        : "GET /livez HTTP/1.1\r\nHost: a\r\n" + longer + "\r\n\r\n";
    try (Wire wire = house.open()) {
      assertThat(wire.send(request).answer().status()).isEqualTo(400);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @ParameterizedTest(name = "chunk size {0}")
  @CsvSource({"zz", "-5", "fffffffffffffffff", "5 5"})
  void aBadChunkIsTurnedAwayAndTheConnectionIsClosed(String size) {
    try (Wire wire = house.open()) {
      wire.send(
          RUN + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n");

      assertThat(wire.answer().status()).isEqualTo(400);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void nothingBehindAMalformedRequestIsAnswered() {
    try (Wire wire = house.open()) {
      wire.send("GET /livez HTTP/1.1\r\n\r\nGET /livez HTTP/1.1\r\nHost: a\r\n\r\n");

      assertThat(wire.answer().status()).isEqualTo(400);
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void anUnknownProtocolIsTurnedAway() {
    try (Wire wire = house.open()) {
      Wire.Answer answer = wire.send("GET /livez XYZZY/1.1\r\nHost: a\r\n\r\n").answer();

      assertThat(answer.status()).isEqualTo(501);
      assertThat(answer.body()).isEmpty();
      assertThat(wire.isClosed()).isTrue();
    }
  }

  @Test
  void anAbsoluteTargetIsTakenAsAProxysClientSendsIt() {
    Wire.Answer answer = house.send("GET http://gateway/livez HTTP/1.1\r\nHost: gateway\r\n\r\n");

    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void aGoodRequestIsAnsweredAfterAllThat() {
    assertThat(house.run().status()).isEqualTo(200);
  }
}
