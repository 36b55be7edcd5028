package io.gradelane.api;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.jobs.JobEngine;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.servers.Languages;
import io.gradelane.api.v1.JobRooms;
import io.gradelane.bus.Permits;
import io.gradelane.core.job.RetryPolicy;
import io.gradelane.jobe.client.JobeClient;
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

/**
 * This node's part in durable jobs: keeps its session alive and, if it holds the pool's lease, takes back what dead nodes
 * ran, puts right what crashes left, and runs what waits. One a node.
 *
 * <p>A hint makes it look at once; without any it looks every other second.
 */
public final class JobsVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(JobsVerticle.class);
  private static final long TICK_MILLIS = 1_000;
  private static final int RENEW_EVERY = 2;
  private static final int SWEEP_EVERY = 5;
  private static final Duration LEASE = Duration.ofSeconds(8);

  private final ApiPorts ports;
  private final JobDoor door;
  private @Nullable JobEngine engine;
  private @Nullable JobeClient client;
  private @Nullable Lease lease;
  private Future<Void> turn = Future.succeededFuture();
  private boolean again;
  private long ticks;

  public JobsVerticle(ApiPorts ports) {
    this.ports = ports;
    this.door = ports.jobs();
  }

  @Override
  public Future<?> start() {
    return ports.permits().apply(vertx).onSuccess(this::open);
  }

  private void open(Permits permits) {
    RandomGenerator random = RandomGenerator.getDefault();
    JobeClient servers = ports.client().apply(vertx);
    client = servers;
    RunJourney journey = new RunJourney(ApiVerticle.journeyPorts(
        vertx, ports, permits, servers, new Languages(ports.servers()), random));
    LaneBook lanes = new LaneBook(ports.settings().pool().lanes());
    String pool = ports.settings().pool().name();
    engine = new JobEngine(vertx, door, node(), pool, journey, lanes, ports.clock(), random);
    vertx.eventBus().consumer(JobRooms.changed(pool), hint -> soon());
    vertx.setPeriodic(TICK_MILLIS, timer -> {
      ticks++;
      begin();
    });
    begin();
  }

  /** Looks now, or once more when it has looked. */
  private void soon() {
    again = true;
    begin();
  }

  private void begin() {
    Optional<JobStore> store = door.store();
    if (store.isEmpty() || !turn.isComplete()) {
      return;
    }
    boolean hinted = again;
    again = false;
    turn = session(store.get())
        .compose(alive -> alive ? lead(store.get(), hinted) : Future.<Void>succeededFuture())
        .recover(this::away);
    turn.onComplete(done -> {
      if (again) {
        context.runOnContext(now -> begin());
      }
    });
  }

  private Future<Void> away(Throwable failure) {
    log.atDebug()
        .addKeyValue("reason", String.valueOf(failure.getMessage()))
        .log("the jobs' database does not answer");
    return Future.succeededFuture();
  }

  private Future<Boolean> session(JobStore store) {
    if (door.session().isEmpty()) {
      return store.sessions().open(node()).map(opened -> {
        door.session(opened);
        return true;
      });
    }
    if (ticks % RENEW_EVERY != 0) {
      return Future.succeededFuture(true);
    }
    return store.sessions().renew(door.session().getAsLong()).map(steady -> {
      if (steady.isEmpty()) {
        log.warn("this node's session has ended; it gets a new one");
        door.noSession();
      }
      return steady.isPresent();
    });
  }

  private Future<Void> lead(JobStore store, boolean hinted) {
    return lease(store)
        .compose(held ->
            held ? work(store, hinted || ticks % RENEW_EVERY == 0) : Future.succeededFuture());
  }

  private Future<Boolean> lease(JobStore store) {
    Lease held = lease;
    if (held == null) {
      String name = "jobs." + ports.settings().pool().name();
      return store.leases().take(name, node(), LEASE).map(taken -> {
        taken.ifPresent(this::took);
        return taken.isPresent();
      });
    }
    return store.leases().renew(held, LEASE).map(still -> {
      if (!still) {
        lease = null;
        engine().rest();
      }
      return still;
    });
  }

  private void took(Lease taken) {
    lease = taken;
    engine().rewind();
    log.atInfo().addKeyValue("fence", taken.fence()).log("this node runs the pool's jobs");
  }

  private Future<Void> work(JobStore store, boolean refresh) {
    long session = door.session().orElseThrow();
    return store
        .sessions()
        .rescue(session, RetryPolicy.DEFAULT.strikes())
        .compose(rescued -> {
          if (!rescued.isEmpty()) {
            log.atWarn()
                .addKeyValue("jobs", rescued.size())
                .log("jobs of nodes that are gone wait again");
            engine().rewind();
          }
          boolean look = refresh || !rescued.isEmpty();
          return look ? engine().refresh(store) : Future.succeededFuture();
        })
        .compose(looked -> ticks % SWEEP_EVERY == 0
            ? store.batches().sweep(session).mapEmpty()
            : Future.succeededFuture());
  }

  /** What runs ends and is kept, as far as there is time; then others may go on at once. */
  @Override
  public Future<?> stop() {
    JobEngine running = engine();
    running.rest();
    Future<?> timeout = vertx.timer(ports.settings().drain().timeout().toMillis());
    return Future.any(turn.compose(done -> running.idle()), timeout)
        .compose(ended -> leave())
        .otherwiseEmpty()
        .eventually(() -> client == null ? Future.succeededFuture() : client.close());
  }

  private Future<Void> leave() {
    Optional<JobStore> store = door.store();
    if (store.isEmpty() || door.session().isEmpty()) {
      return Future.succeededFuture();
    }
    Future<Void> left = store.get().sessions().leave(door.session().getAsLong());
    door.noSession();
    Lease held = lease;
    return held == null ? left : left.compose(done -> store.get().leases().release(held));
  }

  private String node() {
    return ports.members().self().node();
  }

  private JobEngine engine() {
    return Objects.requireNonNull(engine, "not started");
  }
}
