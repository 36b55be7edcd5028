package io.gradelane.api.hooks;

import io.gradelane.api.ops.ApiMeters;
import io.gradelane.core.hook.Redelivery;
import io.gradelane.core.hook.Redelivery.Again;
import io.gradelane.core.hook.Redelivery.Arrived;
import io.gradelane.core.hook.Redelivery.Unwanted;
import io.gradelane.store.jobs.Deliveries;
import io.gradelane.store.jobs.Deliveries.Due;
import io.gradelane.store.jobs.Deliveries.Result;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Leases.Lease;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due, to each endpoint as many at once as its window has room for, so that one that is slow holds up no
 * other. Used on one context only.
 */
final class Courier {

  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  private final HookSender sender;
  private final MeterRegistry registry;
  private final RandomGenerator random;
  private final Windows windows;

  Courier(HookSender sender, Windows windows, MeterRegistry registry, RandomGenerator random) {
    this.sender = sender;
    this.windows = windows;
    this.registry = registry;
    this.random = random;
  }

  /**
   * Begins what is due.
   *
   * @param room told when others may go
   * @return when it is begun
   */
  Future<Void> look(JobStore store, Lease lease, Runnable room) {
    Deliveries.Room wanted = windows.room();
    return wanted.inAll() <= 0
        ? Future.succeededFuture()
        : store.deliveries().claim(lease, wanted).map(due -> {
          due.forEach(one -> windows.begin(one.endpoint()));
          due.forEach(one -> deliver(store, one, room));
          return null;
        });
  }

  /** Its place is free as soon as it has ended; others are looked for when the database has been told of it, or can't be. */
  private void deliver(JobStore store, Due due, Runnable room) {
    sender.send(due).onSuccess(answer -> {
      boolean hasRoom = windows.end(due.endpoint(), answer);
      settle(store, due, answer).onComplete(settled -> {
        if (hasRoom) {
          room.run();
        }
      });
    });
  }

  private Future<Void> settle(JobStore store, Due due, HookAnswer answer) {
    Redelivery.Next next =
        Redelivery.DEFAULT.after(answer.status(), due.tries(), answer.pause(), random.nextDouble());
    Result result = switch (next) {
      case Arrived arrived -> new Deliveries.Delivered(answer.status());
      case Again again -> new Deliveries.Failed(answer.status(), answer.reason(), again.pause());
      case Unwanted unwanted -> new Deliveries.GivenUp(answer.status(), answer.reason());
    };
    say(due, next, answer);
    return store
        .deliveries()
        .settle(due, result)
        .compose(settled -> next instanceof Unwanted
            ? store.webhooks().disable(due.webhook())
            : Future.succeededFuture());
  }

  private void say(Due due, Redelivery.Next next, HookAnswer answer) {
    String word = switch (next) {
      case Arrived arrived -> "delivered";
      case Again again -> "failed";
      case Unwanted unwanted -> "unwanted";
    };
    Counter.builder(ApiMeters.WEBHOOKS.meter())
        .description(ApiMeters.WEBHOOKS.help())
        .tag("result", word)
        .register(registry)
        .increment();
    if (!(next instanceof Arrived)) {
      log.atInfo()
          .addKeyValue("webhook", due.webhook())
          .addKeyValue("delivery", due.id())
          .addKeyValue("attempt", due.tries())
          .addKeyValue("reason", answer.reason())
          .log("a webhook could not be told");
    }
  }
}
