package io.gradelane.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.PoolQuestion.View;
import io.gradelane.bus.wire.Unknown;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.junit5.VertxExtension;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ListeningTest {

  private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
  private Vertx vertx;

  @BeforeEach
  void listen(Vertx vertx) {
    this.vertx = vertx;
    BusCodecs.register(vertx);
    vertx.eventBus().registerDefaultCodec(Unknown.class, new AsItIs());
    Listening.to(vertx.eventBus(), "here", View.class, (Message<View> message) -> {
      heard.add(message.body());
      message.reply(new PoolAnswer.NoSuchLane("x"));
    });
  }

  @Test
  void theVerySameInstanceArrivesInsideAProcess() throws Exception {
    View view = new View();
    vertx.eventBus().send("here", view);
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isSameAs(view);
  }

  @Test
  void whatIsNotKnownIsRefusedAndCountedAndNothingBreaks() throws Exception {
    long before = Listening.refused();
    var answer = vertx.eventBus().request("here", new Unknown(1, 999, "another build's message"));
    assertThat(answer.toCompletionStage().toCompletableFuture())
        .failsWithin(20, TimeUnit.SECONDS)
        .withThrowableOfType(ExecutionException.class)
        .havingCause()
        .isInstanceOfSatisfying(
            ReplyException.class,
            refused -> assertThat(refused.failureCode()).isEqualTo(Listening.REFUSED))
        .withMessageContaining("kind 999");
    assertThat(Listening.refused()).isGreaterThan(before);

    vertx.eventBus().send("here", new View());
    assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new View());
  }

  /** A message of another build can't be had inside one process but so. */
  private static final class AsItIs
      implements io.vertx.core.eventbus.MessageCodec<Unknown, Unknown> {
    @Override
    public void encodeToWire(io.vertx.core.buffer.Buffer buffer, Unknown message) {}

    @Override
    public Unknown decodeFromWire(int position, io.vertx.core.buffer.Buffer buffer) {
      return new Unknown(0, 0, "");
    }

    @Override
    public Unknown transform(Unknown message) {
      return message;
    }

    @Override
    public String name() {
      return "as it is";
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
