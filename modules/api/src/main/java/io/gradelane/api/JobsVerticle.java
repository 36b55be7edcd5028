package io.gradelane.api;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.jobs.JobEngine;
import io.gradelane.api.jobs.JobMeters;
import io.gradelane.api.jobs.ResultCache;
import io.gradelane.api.journey.Logbook;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.servers.Languages;
import io.gradelane.api.submit.Uploads;
import io.gradelane.api.v1.JobRooms;
import io.gradelane.bus.Permits;
import io.gradelane.core.job.RetryPolicy;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Leases.Lease;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node's part in durable jobs: keeps its session alive, runs its share of what waits, takes back what dead nodes ran
 * and, if it holds the pool's lease, puts right what crashes left. One a node.
 *
 * <p>A hint makes it look at once; without any it looks every other second.
 */
public final class JobsVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(JobsVerticle.class);
  private static final long TICK_MILLIS = 1_000;
  private static final long FIRST_MILLIS = 100;
  private static final int RENEW_EVERY = 2;

  /** A renewal that is not answered by then is sent again, over another connection. */
  private static final long RENEWAL_MILLIS = 2_000;

  private static final int LOOK_EVERY = 2;
  private static final int SWEEP_EVERY = 5;
  private static final Duration LEASE = Duration.ofSeconds(8);

  /** The hint that jobs have come back. */
  private static final String RESCUED = "rescued";

  private final ApiPorts ports;
  private final JobDoor door;
  private final JobMeters meters;
  private @Nullable JobEngine engine;
  private @Nullable JobeClient client;
  private @Nullable MessageConsumer<String> hints;
  private @Nullable Lease lease;
  private Future<Void> renewal = Future.succeededFuture();
  private Future<Void> turn = Future.succeededFuture();
  private boolean due;
  private boolean hinted;
  private boolean leaving;

  /** It has been said that the database does not answer. */
  private boolean missed;

  private long ticks;

  public JobsVerticle(ApiPorts ports) {
    this.ports = ports;
    this.door = ports.jobs();
    this.meters = new JobMeters(ports.registry());
  }

  @Override
  public Future<?> start() {
    return Uploads.sweep(vertx, ports.settings().dataDir())
        .compose(swept -> ports.permits().apply(vertx))
        .onSuccess(this::open);
  }

  private void open(Permits permits) {
    RandomGenerator random = RandomGenerator.getDefault();
    JobeClient servers = ports.client().apply(vertx);
    client = servers;
    RunJourney journey = new RunJourney(ApiVerticle.journeyPorts(
        vertx, ports, Logbook.NONE, permits, servers, new Languages(ports.servers()), random));
    LaneBook lanes = new LaneBook(ports.settings().pool().lanes());
    ResultCache cache =
        new ResultCache(door, ports.servers(), ports.settings().limits(), ports.registry());
    engine = new JobEngine(
        vertx, door, node(), pool(), journey, lanes, meters, cache, ports.clock(), random);
    hints = vertx.eventBus().consumer(JobRooms.changed(pool()), hint -> soon(hint.body()));
    vertx.setPeriodic(TICK_MILLIS, timer -> tick());
    tick();
    vertx.setTimer(FIRST_MILLIS, this::first);
  }

  /** Until it has a session there is nothing that could wait for a tick. */
  private void first(long timer) {
    if (!leaving && door.session().isEmpty()) {
      due = true;
      begin();
      vertx.setTimer(FIRST_MILLIS, this::first);
    }
  }

  private void tick() {
    ticks++;
    due = true;
    if (ticks % RENEW_EVERY == 0) {
      renew();
    }
    begin();
  }

  /** Beside all else: a statement that waits must not cost the session, and with it what runs under it. */
  private void renew() {
    Optional<JobStore> store = door.store();
    if (store.isPresent() && door.session().isPresent() && renewal.isComplete()) {
      long session = door.session().getAsLong();
      renewal = store
          .get()
          .sessions()
          .renew(session)
          .timeout(RENEWAL_MILLIS, TimeUnit.MILLISECONDS)
          .map(steady -> steady.isPresent() ? null : ended(session))
          .recover(this::away);
    }
  }

  private @Nullable Void ended(long session) {
    if (door.session().equals(OptionalLong.of(session))) {
      log.warn("this node's session has ended; it gets a new one");
      door.noSession();
      due = true;
      begin();
    }
    return null;
  }

  /** Looks now, or once more when it has looked. */
  private void soon(String what) {
    if (what.equals(RESCUED)) {
      engine().rewind();
    }
    hinted = true;
    begin();
  }

  private void begin() {
    Optional<JobStore> store = door.store();
    if (store.isEmpty() || !turn.isComplete() || !(due || hinted)) {
      return;
    }
    turn = (due ? onTime(store.get()) : look(store.get())).recover(this::missed);
    turn.onComplete(done -> context.runOnContext(now -> begin()));
  }

  private Future<Void> onTime(JobStore store) {
    due = false;
    return session(store)
        .compose(
            alive -> hinted || ticks % LOOK_EVERY == 0 ? look(store) : Future.succeededFuture())
        .compose(looked -> rescue(store))
        .compose(done -> ticks % SWEEP_EVERY == 0 ? sweep(store) : Future.succeededFuture())
        .onSuccess(done -> back());
  }

  private Future<Void> look(JobStore store) {
    hinted = false;
    return leaving || door.session().isEmpty()
        ? Future.succeededFuture()
        : engine().refresh(store);
  }

  private Future<Void> missed(Throwable failure) {
    if (!missed) {
      missed = true;
      log.atWarn()
          .addKeyValue("reason", String.valueOf(failure.getMessage()))
          .log("the jobs' database does not answer: no durable jobs until it does");
    }
    return away(failure);
  }

  private void back() {
    if (missed) {
      missed = false;
      log.info("the jobs' database answers again");
    }
  }

  private Future<Void> away(Throwable failure) {
    log.atDebug()
        .addKeyValue("reason", String.valueOf(failure.getMessage()))
        .log("the jobs' database does not answer");
    return Future.succeededFuture();
  }

  /** Where there is none, one begins. */
  private Future<Void> session(JobStore store) {
    return door.session().isPresent() || leaving ? Future.succeededFuture() : open(store);
  }

  private Future<Void> open(JobStore store) {
    return store.sessions().open(node()).map(opened -> {
      door.session(opened);
      engine().rewind();
      hinted = true;
      return null;
    });
  }

  private Future<Void> rescue(JobStore store) {
    if (door.session().isEmpty()) {
      return Future.succeededFuture();
    }
    return store
        .sessions()
        .rescue(door.session().getAsLong(), RetryPolicy.DEFAULT.strikes())
        .map(rescued -> {
          if (!rescued.isEmpty()) {
            meters.rescued(rescued.size());
            log.atWarn()
                .addKeyValue("jobs", rescued.size())
                .log("jobs of nodes that are gone wait again");
            vertx.eventBus().publish(JobRooms.changed(pool()), RESCUED);
          }
          return null;
        });
  }

  private Future<Void> sweep(JobStore store) {
    return hold(store)
        .compose(held -> held && door.session().isPresent()
            ? store.batches().sweep(door.session().getAsLong()).mapEmpty()
            : Future.succeededFuture());
  }

  private Future<Boolean> hold(JobStore store) {
    Lease held = lease;
    if (held == null) {
      return store.leases().take("jobs." + pool(), node(), LEASE).map(taken -> {
        lease = taken.orElse(null);
        return taken.isPresent();
      });
    }
    return store.leases().renew(held, LEASE).map(still -> {
      lease = still ? held : null;
      return still;
    });
  }

  /** What runs ends and is kept, as far as there is time; then others may go on at once. */
  @Override
  public Future<?> stop() {
    JobEngine running = engine();
    leaving = true;
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
    return (held == null ? left : left.compose(done -> store.get().leases().release(held)))
        .compose(done -> hints == null ? Future.succeededFuture() : hints.unregister())
        .onSuccess(done -> vertx.eventBus().publish(JobRooms.changed(pool()), ""));
  }

  private String pool() {
    return ports.settings().pool().name();
  }

  private String node() {
    return ports.members().self().node();
  }

  private JobEngine engine() {
    return Objects.requireNonNull(engine, "not started");
  }
}
