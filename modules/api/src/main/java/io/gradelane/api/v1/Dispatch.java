package io.gradelane.api.v1;

import io.gradelane.api.http.Headers;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.function.Consumer;

/** Asks the pool's dispatcher for a call; its silence is answered as 503. */
final class Dispatch {

  private final EventBus bus;
  private final String address;

  Dispatch(EventBus bus, String pool, String node) {
    this.bus = bus;
    address = Addresses.questions(pool, node);
  }

  /** Fails if nobody answers, or with something else than an answer. */
  Future<PoolAnswer> ask(PoolQuestion question) {
    return bus.request(address, question).map(Message::body).map(PoolAnswer.class::cast);
  }

  void ask(Call call, PoolQuestion question, Consumer<PoolAnswer> then) {
    ask(question)
        .onSuccess(answer -> {
          try {
            then.accept(answer);
          } catch (RuntimeException broken) {
            call.exchange().crash(broken);
          }
        })
        .onFailure(silence -> {
          call.exchange().put(Headers.RETRY_AFTER, "1");
          call.fail(new Problem(503, "no_dispatcher", "Nobody who dispatches has answered"));
        });
  }
}
