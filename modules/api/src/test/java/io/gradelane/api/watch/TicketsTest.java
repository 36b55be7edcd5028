package io.gradelane.api.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.access.Tenant;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.ManualTicker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tickets of two issuers on one bus. */
class TicketsTest {

  private static final Tenant ANNA = new Tenant("anna", Set.of("bulk"), "bulk", Set.of("run"));

  private final Vertx vertx = Vertx.vertx();
  private final ManualTicker ticker = new ManualTicker();
  private final Tickets here = tickets();
  private final Tickets there = tickets();

  @AfterEach
  void stop() {
    Blocking.get(vertx.close());
  }

  @Test
  void aTicketIsGoodOnceOnAnyNode() {
    String first = on(() -> Future.succeededFuture(here.issue(ANNA)));
    String second = on(() -> Future.succeededFuture(here.issue(ANNA)));

    assertThat(on(() -> here.redeem(first))).isEqualTo(ANNA);
    assertThat(on(() -> there.redeem(second))).isEqualTo(ANNA);
    for (Tickets any : new Tickets[] {here, there}) {
      assertThat(on(() -> any.redeem(first).map("opened").otherwise("refused")))
          .isEqualTo("refused");
      assertThat(on(() -> any.redeem(second).map("opened").otherwise("refused")))
          .isEqualTo("refused");
    }
  }

  @Test
  void anOldTicketIsNone() {
    String ticket = on(() -> Future.succeededFuture(here.issue(ANNA)));
    ticker.advance(Duration.ofSeconds(31));

    assertThat(on(() -> there.redeem(ticket).map("opened").otherwise("refused")))
        .isEqualTo("refused");
  }

  @Test
  void whatNobodyIssuedIsNone() {
    String ticket = on(() -> Future.succeededFuture(here.issue(ANNA)));
    String forged = ticket.substring(0, 17) + "0".repeat(32);
    for (String text : new String[] {"", "x", forged, "0".repeat(16) + "." + "0".repeat(32)}) {
      assertThat(on(() -> there.redeem(text).map("opened").otherwise("refused")))
          .isEqualTo("refused");
    }
  }

  private Tickets tickets() {
    return on(() -> Future.succeededFuture(new Tickets(vertx, "main", new SecureRandom(), ticker)));
  }

  private <T> T on(Supplier<Future<T>> step) {
    return Blocking.get(
        Future.future(promise -> vertx.runOnContext(turn -> step.get().onComplete(promise))));
  }
}
