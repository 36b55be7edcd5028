package io.gradelane.dispatch;

import io.gradelane.bus.Listening;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An address by which other nodes reach this one. Registrations have been lost when the halves of a cluster met; so the
 * node knocks at its own door now and then, and registers anew if nobody can find it.
 *
 * @param <T> what is taken there
 */
final class Standing<T> {

  private static final Logger log = LoggerFactory.getLogger(Standing.class);
  private static final DeliveryOptions SOON = new DeliveryOptions().setSendTimeout(1_000);

  private final EventBus bus;
  private final String address;
  private final Class<T> type;
  private final Consumer<Message<T>> taker;
  private final T knock;
  private MessageConsumer<Object> consumer;

  /** @param knock a message that changes nothing, and is answered */
  Standing(EventBus bus, String address, Class<T> type, Consumer<Message<T>> taker, T knock) {
    this.bus = bus;
    this.address = address;
    this.type = type;
    this.taker = taker;
    this.knock = knock;
    this.consumer = Listening.to(bus, address, type, taker);
  }

  /** Done when others can find it. */
  Future<Void> registered() {
    return consumer.completion();
  }

  void check() {
    bus.request(address, knock, SOON).onFailure(silence -> {
      if (silence instanceof ReplyException reply
          && reply.failureType() == ReplyFailure.NO_HANDLERS) {
        registerAnew();
      }
    });
  }

  private void registerAnew() {
    log.atWarn()
        .addKeyValue("address", address)
        .log("nobody can find this address: registered anew");
    consumer.unregister();
    consumer = Listening.to(bus, address, type, taker);
  }
}
