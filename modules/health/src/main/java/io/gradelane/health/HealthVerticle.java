package io.gradelane.health;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.Listening;
import io.gradelane.bus.Permits;
import io.gradelane.jobe.client.JobeClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes servers of a pool, weighs the evidence of runs, and is the only writer of the server map. Every node has one; they
 * share the servers among them.
 *
 * <p>It has started when every server that is configured here stands in the map; the first probes are under way then, all
 * at once.
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
  private final FleetServers fleet;
  private final List<Runnable> listening = new ArrayList<>();
  private @Nullable JobeClient client;
  private @Nullable Watches watches;
  private @Nullable Roster roster;

  public HealthVerticle(HealthPorts ports) {
    this.ports = ports;
    judge = new Judge(ports.rules());
    book = new ServerBook(ports.servers(), judge, ports.clock(), new Changes(ports.meters()));
    operator = new Operator(book, ports.clock());
    fleet = new FleetServers(book);
  }

  @Override
  public Future<?> start() {
    return ports.permits().get().compose(this::open);
  }

  private Future<?> open(Permits permits) {
    Roster servers =
        new Roster(ports.pool(), ports.source(), book, ports.members(), vertx.eventBus());
    roster = servers;
    Watches opened = watchesWith(permits);
    return servers
        .seed()
        .compose(seeded -> listen(opened, servers))
        .onSuccess(heard -> follow(opened, servers));
  }

  @Override
  public Future<?> stop() {
    listening.forEach(Runnable::run);
    if (watches != null) {
      watches.stop();
    }
    Future<?> closed = client == null ? Future.succeededFuture() : client.close();
    return roster == null ? closed : Future.join(closed, roster.removeOwn());
  }

  /** This node is about to leave: nothing new shall start on servers that go with it. Safe from any thread. */
  public void leave() {
    context.runOnContext(turn -> Objects.requireNonNull(roster, "not started").drainOwn());
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
        ports.members(),
        load);
    watches = made;
    return made;
  }

  private Future<?> listen(Watches opened, Roster servers) {
    var bus = vertx.eventBus();
    var evidence = Listening.to(
        bus,
        Addresses.evidence(ports.pool()),
        Evidence.class,
        message -> opened.heard(message.body()));
    var status = Listening.to(
        bus, Addresses.status(ports.pool()), Status.class, message -> opened.heard(message.body()));
    var commands = Listening.to(
        bus,
        Addresses.health(ports.pool(), ports.members().self().node()),
        HealthCommand.class,
        message -> answer(opened, servers, message));
    return Future.all(evidence.completion(), status.completion(), commands.completion());
  }

  private void follow(Watches opened, Roster servers) {
    listening.add(ports.servers().listen(any -> arrange(opened, servers)));
    listening.add(ports.members().listen(any -> arrange(opened, servers)));
    arrange(opened, servers);
  }

  private static void arrange(Watches opened, Roster servers) {
    servers.tidy();
    opened.assign();
  }

  private void answer(Watches opened, Roster servers, Message<HealthCommand> message) {
    answer(opened, servers, message.body()).onSuccess(message::reply).onFailure(problem -> {
      log.atError().setCause(problem).log("a command about servers has failed");
      message.fail(500, "the server map could not be written");
    });
  }

  private Future<? extends HealthAnswer> answer(
      Watches opened, Roster servers, HealthCommand command) {
    return switch (command) {
      case HealthCommand.Refresh refresh -> refresh(opened, servers);
      case HealthCommand.TellConfigured tell -> servers.read().map(HealthAnswer.Configured::new);
      case HealthCommand.ProbeAll probe -> probed(opened).map(new HealthAnswer.Probed());
      case HealthCommand.Restore restore ->
        operator.restore(restore.words()).map(HealthAnswer.Restored::new);
      case HealthCommand.Change change -> operator.change(change);
      case HealthCommand.OfFleet told -> fleet.settle(told);
    };
  }

  private Future<HealthAnswer> refresh(Watches opened, Roster servers) {
    DeliveryOptions patience =
        new DeliveryOptions().setSendTimeout(refreshPatience().toMillis());
    return servers.refresh().compose(problem -> {
      opened.assign();
      return Future.join(probed(opened), servers.probeElsewhere(patience))
          .map(done -> new HealthAnswer.Refreshed(book.all(), problem));
    });
  }

  private Duration refreshPatience() {
    return ports.rules().timeout().plus(REFRESH_PATIENCE);
  }

  private Future<Void> probed(Watches opened) {
    Promise<Void> done = Promise.promise();
    Runnable cancel = ports.timers().after(refreshPatience(), done::tryComplete);
    opened.probeAll().onComplete(all -> {
      cancel.run();
      done.tryComplete();
    });
    return done.future();
  }
}
