package io.gradelane.store.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis, for somebody who can do without it: what goes wrong is an empty answer and one line in the log a minute.
 *
 * <p>After a failure it is left alone for a second, so that a Redis that only swallows requests costs one time-out a
 * second and not one a request. Thread-safe.
 */
final class RedisLink {

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);
  private static final long LEFT_ALONE_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long LOG_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

  /** {@code reached} false: nobody knows; {@code reply} null: Redis said nil. */
  record Answer(boolean reached, @Nullable Response reply) {

    private static final Answer AWAY = new Answer(false, null);

    Optional<Response> value() {
      return Optional.ofNullable(reply);
    }
  }

  private final Redis redis;
  private final Duration timeout;
  private final LongSupplier ticker;
  private final AtomicLong leftAloneUntil;
  private final AtomicLong silentUntil;

  RedisLink(Redis redis, Duration timeout, LongSupplier ticker) {
    this.redis = redis;
    this.timeout = timeout;
    this.ticker = ticker;
    this.leftAloneUntil = new AtomicLong(ticker.getAsLong());
    this.silentUntil = new AtomicLong(ticker.getAsLong());
  }

  /** Never fails. */
  Future<Answer> send(Request request) {
    if (ticker.getAsLong() - leftAloneUntil.get() < 0) {
      return Future.succeededFuture(Answer.AWAY);
    }
    return redis
        .send(request)
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .map(reply -> new Answer(true, reply))
        .recover(cause -> away(request.command(), cause));
  }

  Future<Void> close() {
    return redis.close();
  }

  private Future<Answer> away(Command command, Throwable cause) {
    long now = ticker.getAsLong();
    leftAloneUntil.set(now + LEFT_ALONE_NANOS);
    long silent = silentUntil.get();
    if (now - silent >= 0 && silentUntil.compareAndSet(silent, now + LOG_EVERY_NANOS)) {
      log.atWarn()
          .addKeyValue("command", command)
          .addKeyValue("reason", cause.getMessage())
          .log("Redis did not answer; files are kept on this node only");
    }
    return Future.succeededFuture(Answer.AWAY);
  }
}
