package io.gradelane.bus;

import io.gradelane.bus.wire.Unknown;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How verticles listen to an address: to one type of message. Whatever else comes is refused politely (whoever waits for
 * an answer is told), counted, and logged once per kind, so that two builds can stand side by side.
 */
public final class Listening {

  /** The code of the failure that a refused message is answered with. */
  public static final int REFUSED = 501;

  private static final Logger log = LoggerFactory.getLogger(Listening.class);
  private static final Set<String> met = ConcurrentHashMap.newKeySet();
  private static final LongAdder refused = new LongAdder();

  /** Calls {@code consumer} with every message of {@code type}, on the caller's context. */
  @SuppressWarnings("unchecked") // the body has been looked at
  public static <T> MessageConsumer<Object> to(
      EventBus bus, String address, Class<T> type, Consumer<Message<T>> consumer) {
    return bus.consumer(address, message -> {
      if (type.isInstance(message.body())) {
        consumer.accept((Message<T>) (Message<?>) message);
      } else {
        refuse(address, message);
      }
    });
  }

  /** How many messages this process has refused. */
  public static long refused() {
    return refused.sum();
  }

  private static void refuse(String address, Message<?> message) {
    refused.increment();
    String what = what(message.body());
    if (met.add(what)) {
      log.atWarn().addKeyValue("address", address).log("refused, and so is every more: {}", what);
    }
    if (message.replyAddress() != null) {
      message.fail(REFUSED, "this build does not know " + what);
    }
  }

  private static String what(Object body) {
    return body instanceof Unknown unknown
        ? "message of kind " + unknown.kind() + ", wire version " + unknown.version() + ": "
            + unknown.problem()
        : "message of " + (body == null ? "nothing" : body.getClass().getName());
  }

  private Listening() {}
}
