package io.gradelane.fleet.pool;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.fleet.FleetPool;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.store.fleet.StaleFence;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The pool, seen in the server map and asked over the bus: the dispatcher says what runs where, health changes the map. Both
 * are this node's own, wherever the pool's owner is. Used on one context only.
 */
public final class BusPool implements FleetPool {

  private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(5_000);
  private static final Duration KNOCK = Duration.ofMillis(1500);

  /**
   * What every host's server is like.
   *
   * @param apiKey that it wants, or null
   */
  public record Like(int slots, @Nullable String apiKey) {
    ServerSpec of(Host host) {
      return new ServerSpec(
          host.id().value(),
          URI.create(host.address()),
          apiKey,
          slots,
          ServerSpec.defaultCores(slots),
          1,
          Map.of());
    }
  }

  private final EventBus bus;
  private final String questions;
  private final String health;
  private final ServerMap servers;
  private final Batches batches;
  private final JobeClient client;
  private final Like like;

  public BusPool(
      EventBus bus,
      String pool,
      String node,
      ServerMap servers,
      Batches batches,
      JobeClient client,
      Like like) {
    this.bus = bus;
    questions = Addresses.questions(pool, node);
    health = Addresses.health(pool, node);
    this.servers = servers;
    this.batches = batches;
    this.client = client;
    this.like = like;
  }

  @Override
  public Future<Sight> look() {
    return bus.<Object>request(questions, new PoolQuestion.View(), PATIENCE)
        .map(Message::body)
        .compose(answer -> answer instanceof PoolAnswer.Viewed viewed
            ? look(viewed.view())
            : Future.failedFuture("the dispatcher has answered " + answer));
  }

  private Future<Sight> look(PoolView view) {
    Uses uses = new Uses(servers.snapshot(), view);
    return batches.queued().map(queued -> new Sight(Optional.of(uses.load(queued)), uses.all()));
  }

  @Override
  public Future<Boolean> answers(Host host) {
    return Future.succeededFuture()
        .compose(now -> client.languages(like.of(host), KNOCK))
        .map(languages -> !languages.isEmpty())
        .otherwise(false);
  }

  @Override
  public Future<Void> join(long fence, Host host) {
    return Future.succeededFuture()
        .compose(
            now -> settle(new HealthCommand.Join(host.id().value(), fence, like.of(host)), fence));
  }

  @Override
  public Future<Void> close(long fence, HostId id) {
    return settle(new HealthCommand.Close(id.value(), fence), fence);
  }

  @Override
  public Future<Void> leave(long fence, HostId id) {
    return settle(new HealthCommand.Leave(id.value(), fence), fence);
  }

  private Future<Void> settle(HealthCommand.OfFleet command, long fence) {
    return bus.<Object>request(health, command, PATIENCE)
        .map(Message::body)
        .compose(answer -> switch (answer) {
          case HealthAnswer.Settled settled -> Future.succeededFuture();
          case HealthAnswer.NoSuchServer none -> Future.succeededFuture();
          case HealthAnswer.Outdated outdated ->
            Future.failedFuture(new StaleFence(fence, outdated.newest()));
          default -> Future.failedFuture("health has answered " + answer);
        });
  }
}
