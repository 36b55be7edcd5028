package io.gradelane.api.hooks;

import io.gradelane.api.ApiPorts;
import io.gradelane.settings.Settings;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Leases.Lease;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to webhooks, if this node holds the lease for it. One a node; looks every second. */
public final class WebhooksVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(WebhooksVerticle.class);
  private static final String LEASE = "webhooks";
  private static final Duration TIME = Duration.ofSeconds(8);
  private static final long LOOK_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final ApiPorts ports;
  private final Duration patience;
  private @Nullable HookSender sender;
  private @Nullable Courier courier;
  private @Nullable Lease lease;
  private Future<Void> look = Future.succeededFuture();
  private boolean again;
  private boolean leaving;

  public WebhooksVerticle(ApiPorts ports) {
    this(ports, PATIENCE);
  }

  /** @param patience so long an endpoint may take to answer */
  public WebhooksVerticle(ApiPorts ports, Duration patience) {
    this.ports = ports;
    this.patience = patience;
  }

  @Override
  public Future<?> start() {
    Settings.Webhooks settings = ports.settings().webhooks();
    HookSender opened = HookSender.of(vertx, settings, ports.clock(), patience);
    sender = opened;
    courier = new Courier(
        opened,
        new Windows(settings.perEndpoint(), settings.atOnce()),
        ports.registry(),
        RandomGenerator.getDefault());
    vertx.setPeriodic(LOOK_MILLIS, timer -> look());
    return Future.succeededFuture();
  }

  private void look() {
    Optional<JobStore> store = ports.jobs().store();
    again = !look.isComplete();
    if (store.isEmpty() || again || leaving) {
      return;
    }
    look = lease(store.get())
        .compose(held -> held.isPresent()
            ? Objects.requireNonNull(courier).look(store.get(), held.get(), this::soon)
            : Future.succeededFuture())
        .recover(this::away);
    look.onComplete(looked -> {
      if (again) {
        soon();
      }
    });
  }

  /** Some have ended: others may go. Who looks just then looks once more. */
  private void soon() {
    context.runOnContext(turn -> look());
  }

  private Future<Optional<Lease>> lease(JobStore store) {
    Lease held = lease;
    Future<Optional<Lease>> asked = held == null
        ? store.leases().take(LEASE, ports.members().self().node(), TIME)
        : store
            .leases()
            .renew(held, TIME)
            .map(still -> still ? Optional.of(held) : Optional.empty());
    return asked.onSuccess(now -> lease = now.orElse(null));
  }

  private Future<Void> away(Throwable failure) {
    log.atDebug()
        .addKeyValue("reason", String.valueOf(failure.getMessage()))
        .log("the deliveries' database does not answer");
    return Future.succeededFuture();
  }

  /** What is under way is tried again by another node. */
  @Override
  public Future<?> stop() {
    leaving = true;
    Lease held = lease;
    Optional<JobStore> store = ports.jobs().store();
    Future<Void> released = held == null || store.isEmpty()
        ? Future.succeededFuture()
        : look.transform(done -> store.get().leases().release(held));
    HookSender opened = sender;
    return released
        .otherwiseEmpty()
        .eventually(() -> opened == null ? Future.succeededFuture() : opened.close());
  }
}
