package io.gradelane.health;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.Permits;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.JobeClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes the servers of a pool, weighs the evidence of runs, and is the only writer of the server map.
 *
 * <p>It has started when every configured server stands in the map; their first probes are under way then, all at once.
 */
public final class HealthVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);

  /** An operator who refreshes waits no longer than this for probe runs. */
  private static final Duration REFRESH_PATIENCE = Duration.ofSeconds(5);

  private final HealthPorts ports;
  private final Load load = new Load();
  private final Judge judge;
  private final ServerBook book;
  private final Operator operator;
  private @Nullable JobeClient client;
  private @Nullable Watches watches;

  public HealthVerticle(HealthPorts ports) {
    this.ports = ports;
    judge = new Judge(ports.rules());
    book = new ServerBook(ports.servers(), judge, ports.clock(), new Changes(ports.meters()));
    operator = new Operator(book);
  }

  @Override
  public Future<?> start() {
    return ports
        .permits()
        .get()
        .map(this::watchesWith)
        .compose(opened -> ports.source().read().compose(specs -> watch(opened, specs)))
        .compose(this::listen)
        .onSuccess(Watches::probeAll);
  }

  @Override
  public Future<?> stop() {
    if (watches != null) {
      watches.stop();
    }
    return client == null ? Future.succeededFuture() : client.close();
  }

  private Watches watchesWith(Permits permits) {
    JobeClient opened = new JobeClient(vertx, ports.ticker());
    client = opened;
    Prober prober =
        new Prober(opened, permits, ports.rules(), ports.timers(), ports.clock(), ports.random());
    ProbeMeters meters = new ProbeMeters(ports.meters(), ports.ticker());
    Watches made = new Watches(
        new Watching(
            book,
            prober,
            judge,
            ports.rules(),
            meters,
            ports.timers(),
            ports.clock(),
            ports.random(),
            load::isIdle),
        load);
    watches = made;
    return made;
  }

  private Future<Watches> watch(Watches opened, List<ServerSpec> specs) {
    return opened.watchOnly(specs.stream().map(operator::amended).toList()).map(opened);
  }

  private Future<Watches> listen(Watches opened) {
    var bus = vertx.eventBus();
    var evidence = bus.<Evidence>consumer(
        Addresses.evidence(ports.pool()), message -> opened.heard(message.body()));
    var status = bus.<Status>consumer(
        Addresses.status(ports.pool()), message -> opened.heard(message.body()));
    var commands = bus.<HealthCommand>consumer(
        Addresses.health(ports.pool()), message -> answer(opened, message));
    return Future.all(evidence.completion(), status.completion(), commands.completion())
        .map(opened);
  }

  private void answer(Watches opened, Message<HealthCommand> message) {
    answer(opened, message.body()).onSuccess(message::reply).onFailure(problem -> {
      log.atError().setCause(problem).log("a command about servers has failed");
      message.fail(500, "the server map could not be written");
    });
  }

  private Future<? extends HealthAnswer> answer(Watches opened, HealthCommand command) {
    return switch (command) {
      case HealthCommand.Refresh refresh -> refresh(opened);
      case HealthCommand.Undrain undrain ->
        operator.change(undrain).onSuccess(done -> opened.probe(undrain.server()));
      case HealthCommand.Change change -> operator.change(change);
    };
  }

  private Future<HealthAnswer> refresh(Watches opened) {
    return ports
        .source()
        .read()
        .compose(specs -> watch(opened, specs))
        .map("")
        .otherwise(HealthVerticle::unreadable)
        .compose(
            problem -> probed(opened).map(done -> new HealthAnswer.Refreshed(book.all(), problem)));
  }

  private static String unreadable(Throwable cause) {
    log.atWarn()
        .addKeyValue("cause", cause.getMessage())
        .log("the configured servers could not be read again: the old ones stay");
    return String.valueOf(cause.getMessage());
  }

  private Future<Void> probed(Watches opened) {
    Promise<Void> done = Promise.promise();
    Runnable cancel =
        ports.timers().after(ports.rules().timeout().plus(REFRESH_PATIENCE), done::tryComplete);
    opened.probeAll().onComplete(all -> {
      cancel.run();
      done.tryComplete();
    });
    return done.future();
  }
}
