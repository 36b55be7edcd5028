package io.gradelane.fleet;

import io.gradelane.core.fleet.FleetSample;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a pass every ten seconds, if this node holds the lease; one on each node. */
public final class FleetVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(FleetVerticle.class);

  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration FORGETS_EVERY = Duration.ofMinutes(10);

  private final FleetPorts ports;
  private final FleetLoop loop;
  private final FleetGauges gauges;
  private Future<?> pass = Future.succeededFuture();
  private Runnable next = () -> {};
  private Instant forgotten = Instant.EPOCH;
  private boolean stopping;

  public FleetVerticle(FleetPorts ports) {
    this.ports = ports;
    loop = new FleetLoop(ports);
    gauges = new FleetGauges(ports.meters(), ports.ticker());
  }

  @Override
  public Future<?> start() {
    pass();
    return Future.succeededFuture();
  }

  /** The pass that is being made ends first: what it has begun is written down. */
  @Override
  public Future<?> stop() {
    stopping = true;
    next.run();
    return pass.transform(ended -> ports.lease().release())
        .transform(released -> ports.provider().close());
  }

  /** One after the other, however long one takes. */
  private void pass() {
    long begun = gauges.begin();
    pass = Future.succeededFuture().compose(go -> loop.pass()).onComplete(ended -> {
      if (ended.succeeded()) {
        passed(ended.result(), begun);
      } else {
        failed(ended.cause());
      }
      if (!stopping) {
        next = ports.timers().after(EVERY, this::pass);
      }
    });
  }

  private void passed(Optional<FleetSample> sample, long begun) {
    sample.ifPresentOrElse(seen -> gauges.led(seen, begun), gauges::followed);
    sample.ifPresent(seen -> forget(seen.decision().at()));
  }

  private void failed(Throwable cause) {
    gauges.failed();
    log.atWarn().addKeyValue("cause", cause.getMessage()).log("a pass of the fleet has failed");
  }

  private void forget(Instant now) {
    if (Duration.between(forgotten, now).compareTo(FORGETS_EVERY) < 0) {
      return;
    }
    forgotten = now;
    ports.table().forget(now.minus(KEPT)).onFailure(this::failed);
  }
}
