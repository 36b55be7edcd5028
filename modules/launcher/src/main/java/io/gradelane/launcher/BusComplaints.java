package io.gradelane.launcher;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The event bus complains with a page of stack for every message to a node that has gone, hundreds a second under load.
 * This says it in one line, and at most once in a while: often enough to find a port that a firewall closes.
 */
final class BusComplaints extends TurboFilter {

  static final String BUS = "io.vertx.core.eventbus.impl.clustered";

  private static final org.slf4j.Logger log = LoggerFactory.getLogger(BusComplaints.class);
  private static final long PAUSE = Duration.ofSeconds(10).toNanos();

  private final AtomicLong nextAt = new AtomicLong(System.nanoTime());

  @Override
  public FilterReply decide(
      @Nullable Marker marker,
      Logger logger,
      Level level,
      @Nullable String format,
      Object @Nullable [] params,
      @Nullable Throwable failure) {
    if (failure == null || level != Level.WARN || !logger.getName().startsWith(BUS)) {
      return FilterReply.NEUTRAL;
    }
    long now = System.nanoTime();
    long due = nextAt.get();
    if (now - due >= 0 && nextAt.compareAndSet(due, now + PAUSE)) {
      log.atWarn()
          .addKeyValue("reason", String.valueOf(failure.getMessage()))
          .log(
              "a node can't be reached over the event bus: it has gone, or its cluster.busPort is closed");
    }
    return FilterReply.DENY;
  }
}
