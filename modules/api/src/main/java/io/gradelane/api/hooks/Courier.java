package io.gradelane.api.hooks;

import static java.util.stream.Collectors.groupingBy;

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
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what is due: of each webhook a few at once, and the next few only when those have ended, so that one that is slow
 * holds up no other. Used on one context only.
 */
final class Courier {

  private static final Logger log = LoggerFactory.getLogger(Courier.class);

  /** At once, of one webhook and to one host. */
  private static final int EACH = 8;

  private final HookSender sender;
  private final MeterRegistry registry;
  private final RandomGenerator random;
  private final HostLanes hosts = new HostLanes(EACH);
  private final Set<UUID> busy = new HashSet<>();

  Courier(HookSender sender, MeterRegistry registry, RandomGenerator random) {
    this.sender = sender;
    this.registry = registry;
    this.random = random;
  }

  /** Begins what is due. @return when it is begun; whether there may be more of it soon */
  Future<Boolean> look(JobStore store, Lease lease, Runnable ended) {
    return store.deliveries().claim(lease, busy, EACH).map(due -> {
      due.stream().collect(groupingBy(Due::webhook)).forEach((webhook, some) -> {
        busy.add(webhook);
        Future.join(some.stream().map(one -> deliver(store, one)).toList()).onComplete(all -> {
          busy.remove(webhook);
          ended.run();
        });
      });
      return !due.isEmpty();
    });
  }

  private Future<Void> deliver(JobStore store, Due due) {
    return hosts
        .enter(host(due.url()), () -> sender.send(due))
        .compose(answer -> settle(store, due, answer));
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

  /** What cannot be read is refused by the sender. */
  private static String host(String url) {
    try {
      return String.valueOf(URI.create(url).getAuthority());
    } catch (IllegalArgumentException malformed) {
      return "";
    }
  }
}
