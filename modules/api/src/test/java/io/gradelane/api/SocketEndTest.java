package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.House.Plan;
import io.gradelane.testkit.PostgresFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** How a WebSocket ends, frame by frame: a client's library would hide what comes behind the end. */
final class SocketEndTest {

  private static final int TEXT = 1;
  private static final int CLOSE = 8;

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();

  @AfterAll
  static void stopPostgres() {
    POSTGRES.close();
  }

  @Test
  void nothingFollowsTheCloseFrame() {
    try (JobsHouse jobs = new JobsHouse(POSTGRES, new Plan());
        Wire wire = opened(jobs.house)) {
      jobs.house.permits().hold();
      String batch = jobs.submit(JobsHouse.batch(1)).getString("id");
      wire.sendFrame(TEXT, "{\"type\":\"subscribe\",\"id\":\"a\",\"batch\":\"" + batch + "\"}");
      assertThat(wire.frame().text()).contains("\"hello\"");
      assertThat(wire.frame().text()).contains("\"subscribed\"");
      wire.sendFrame(TEXT, "no json");
      assertThat(wire.frame().text()).contains("\"problem\"");
      assertThat(wire.frame().opcode()).isEqualTo(CLOSE);

      wire.sendFrame(TEXT, "still no json");
      jobs.patch(batch, "{\"cancelled\": true}");
      jobs.awaitEnd(batch);
      wire.sendFrame(CLOSE, "");

      assertThat(wire.isClosed()).isTrue();
    }
  }

  private static Wire opened(House house) {
    Wire wire = Wire.open(house.port());
    wire.send(House.request(
        "GET",
        "/api/v1/ws",
        "",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: gradelane.v1"));
    assertThat(wire.answer().status()).isEqualTo(101);
    return wire;
  }
}
