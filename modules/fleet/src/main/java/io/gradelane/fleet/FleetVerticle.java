package io.gradelane.fleet;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.Listening;
import io.gradelane.core.fleet.FleetSample;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a pass every few seconds, if this node holds the lease, and answers {@link FleetCommand}; one on each node. A command
 * changes the table, whoever holds the lease; here the next pass then comes at once.
 */
public final class FleetVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(FleetVerticle.class);

  private static final Duration KEPT = Duration.ofHours(24);
  private static final String NODE_ENDED = "ended with its node";
  private static final Duration FORGETS_EVERY = Duration.ofMinutes(10);

  private final FleetPorts ports;
  private final FleetLoop loop;
  private final FleetGauges gauges;
  private final HostOffice office;
  private Future<?> pass = Future.succeededFuture();
  private Runnable next = () -> {};
  private Instant forgotten = Instant.EPOCH;
  private boolean leads;
  private boolean asked;
  private boolean stopping;

  public FleetVerticle(FleetPorts ports) {
    this.ports = ports;
    loop = new FleetLoop(ports);
    gauges = new FleetGauges(ports.meters(), ports.ticker());
    office = new HostOffice(
        ports.rules(), new FleetOperator(ports.table(), ports.names(), ports.clock()));
  }

  @Override
  public Future<?> start() {
    return ports.provider().attend().compose(attending -> {
      pass();
      return Listening.to(
              vertx.eventBus(),
              Addresses.fleet(ports.pool(), ports.node()),
              FleetCommand.class,
              this::answer)
          .completion();
    });
  }

  /** The pass that is being made ends first: what it has begun is written down. */
  @Override
  public Future<?> stop() {
    stopping = true;
    next.run();
    return pass.transform(ended -> ports.provider().endOwn())
        .compose(this::strike)
        .transform(struck -> ports.lease().release())
        .transform(released -> ports.provider().close());
  }

  /** Whoever comes next need not find out that they are gone. */
  private Future<?> strike(Set<String> ended) {
    return ended.isEmpty()
        ? Future.succeededFuture()
        : ports
            .table()
            .hosts()
            .compose(hosts -> Future.join(hosts.stream()
                .filter(host -> ended.contains(host.ref()))
                .flatMap(host -> host.ended(NODE_ENDED, ports.clock().instant()).stream()
                    .map(after -> ports.table().amend(host, after)))
                .toList()));
  }

  private void answer(Message<FleetCommand> command) {
    office
        .answer(command.body())
        .onSuccess(answer -> {
          command.reply(answer);
          passSoon();
        })
        .onFailure(failure -> {
          log.atWarn()
              .addKeyValue("cause", failure.getMessage())
              .log("a command to the fleet has failed");
          command.fail(503, "the table of hosts did not answer");
        });
  }

  private void passSoon() {
    if (!leads || stopping) {
      return;
    }
    if (pass.isComplete()) {
      next.run();
      pass();
    } else {
      asked = true;
    }
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
        next = ports.timers().after(asked ? Duration.ZERO : ports.every(), this::pass);
        asked = false;
      }
    });
  }

  private void passed(Optional<FleetSample> sample, long begun) {
    leads = sample.isPresent();
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
    ports.exams().forget(now).onFailure(this::failed);
  }
}
