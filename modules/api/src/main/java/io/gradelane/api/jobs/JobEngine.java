package io.gradelane.api.jobs;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.jobs.Claims.NotSent;
import io.gradelane.api.jobs.Doubts.Made;
import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.journey.RunOrder;
import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Reuse;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.wire.RunResult;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Fate;
import io.gradelane.store.jobs.Jobs.Found;
import io.gradelane.store.jobs.Jobs.Offer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs what waits. It keeps a small window of jobs of each lane asked for; each is claimed when its run is granted, run
 * like any other, and kept. Belongs to one context.
 */
public final class JobEngine {

  private static final int READ = Share.CHUNK;
  private static final int LOW = Share.CHUNK / 2;
  private static final long MOST_UNKEPT_BYTES = 32L << 20;
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final Tenant ANYBODY = new Tenant("", Set.of(), "", Set.of());

  private final Vertx vertx;
  private final JobDoor door;
  private final RunJourney journey;
  private final LaneBook lanes;
  private final JobMeters meters;
  private final ResultCache cache;
  private final InstantSource clock;
  private final Retries retries;
  private final Happenings happenings;
  private final Claims claims;
  private final Spool spool;
  private final Map<BatchId, OpenBatch> batches = new HashMap<>();
  private final Window window = new Window();
  private final Set<Claim> handedBack = new HashSet<>();
  private boolean working;
  private boolean fillDue;

  public JobEngine(
      Vertx vertx,
      JobDoor door,
      String node,
      String pool,
      RunJourney journey,
      LaneBook lanes,
      JobMeters meters,
      ResultCache cache,
      InstantSource clock,
      RandomGenerator random) {
    this.vertx = vertx;
    this.door = door;
    this.journey = journey;
    this.lanes = lanes;
    this.meters = meters;
    this.cache = cache;
    this.clock = clock;
    retries = new Retries(random);
    claims = new Claims(door, new Doubts(vertx, door, this::resolved), meters);
    spool = new Spool(vertx, door, node, meters, this::kept);
    happenings = new Happenings(vertx, pool);
  }

  // --- what the verticle tells it

  /** Reads the batches that are open, with their controls, and who else runs them, and goes on. */
  public Future<Void> refresh(JobStore store) {
    Future<List<Long>> living = store.sessions().living();
    return store
        .batches()
        .open()
        .compose(open -> living.map(all -> {
          working = true;
          known(store, open, Share.of(door.session().orElse(0), all));
          return null;
        }));
  }

  /** Jobs have come back: all are looked for again, and the first ones asked for first. */
  public void rewind() {
    batches.values().forEach(OpenBatch::askAgain);
  }

  /** Starts nothing more; what has been claimed goes on. */
  public void rest() {
    working = false;
    meters.left(Map.of());
    batches.values().forEach(OpenBatch::withdrawAll);
    batches.values().removeIf(batch -> !batch.hasInHand());
  }

  /** Ends when everything that ran has ended and is kept. */
  public Future<Void> idle() {
    return journey.idle().compose(ended -> aTurn()).compose(told -> spool.empty());
  }

  /** The last run's end is told behind the journey's, in the same turn. */
  private Future<Void> aTurn() {
    Promise<Void> turn = Promise.promise();
    vertx.runOnContext(turn::complete);
    return turn.future();
  }

  /** Under which what a server said to a job is to be remembered; null if it is not to be. */
  @Nullable
  Buffer digest(JobRun run, String server, Buffer answer) {
    Batch batch = run.batch().batch();
    if (batch.reuse() == Reuse.NEVER) {
      return null;
    }
    Buffer body = Specs.body(batch.template(), run.job().spec());
    return RunResult.parse(answer)
        .map(result -> cache.digest(batch, body, server, result))
        .orElse(null);
  }

  // --- what runs tell it

  long now() {
    return clock.millis();
  }

  Future<Optional<Claimed>> claim(Found job, String server) {
    return claims.claim(new Offer(job.id(), server));
  }

  /** What the job is to be after this attempt. */
  JobState next(Claimed claimed, String server, AttemptEnding ending) {
    return retries.next(claimed, server, ending);
  }

  void began(JobRun run) {
    meters.began(run.lane());
  }

  void ended(JobRun run, Claimed claimed, EndedAttempt ended) {
    meters.ended(run.lane());
    spool.add(ended);
    left(run);
    if (ended.next() instanceof Waiting waiting) {
      again(run, waiting, retries.pause(claimed, ended));
    }
  }

  /** It was claimed, and will not be run here. */
  void handBack(EndedAttempt ended) {
    handedBack.add(ended.claim());
    spool.add(ended);
  }

  /** It was refused before anything was claimed: it waits on, as it was. */
  void notStarted(JobRun run) {
    left(run);
    later(run.batch(), run.job(), retries.firstPause());
  }

  /**
   * Nobody knows whether it was claimed, or it was not even tried: until the database answers again, nothing more starts.
   *
   * @param left whether it is not under way any more
   */
  void notClaimed(JobRun run, boolean left, Throwable cause) {
    working = false;
    if (!left) {
      left(run);
    }
    if (cause instanceof NotSent) {
      later(run.batch(), run.job(), retries.firstPause());
    } else {
      run.batch().rest(run.job().id());
    }
  }

  /** What was claimed after all is handed back; the others are found again. */
  private void resolved(List<JobId> jobs, List<Made> made) {
    made.forEach(one -> handBack(retries.unused(one.claimed(), one.server())));
    for (JobId job : jobs) {
      OpenBatch batch = batches.get(job.batch());
      if (batch != null) {
        batch.wake(job);
        batch.rewind();
      }
    }
    fill();
  }

  /** It waits no more for its grant: another one may. */
  void granted(JobRun run) {
    window.leave(run.batch(), run.lane());
    fillSoon();
  }

  /** It is not under way any more. */
  void left(JobRun run) {
    run.batch().left(run.job().id());
    if (!run.isGranted()) {
      window.leave(run.batch(), run.lane());
    }
    fillSoon();
  }

  /** Once for all that a turn brings. */
  private void fillSoon() {
    if (!fillDue) {
      fillDue = true;
      vertx.runOnContext(turn -> {
        fillDue = false;
        fill();
      });
    }
  }

  private void again(JobRun run, Waiting waiting, Duration pause) {
    Found job = run.job();
    Found later = new Found(job.id(), waiting, job.language(), job.costMillis(), job.spec());
    later(run.batch(), later, pause);
  }

  private void later(OpenBatch batch, Found job, Duration pause) {
    batch.rest(job.id());
    vertx.setTimer(pause.toMillis(), timer -> {
      batch.giveBack(job);
      fill();
    });
  }

  private void kept(EndedAttempt ended, Fate fate) {
    boolean unused = handedBack.remove(ended.claim());
    BatchId id = ended.claim().job().batch();
    happenings.happened(id);
    OpenBatch batch = batches.get(id);
    meters.kept(batch == null ? "unknown" : lane(batch), state(ended, fate));
    if (batch == null) {
      return;
    }
    if (unused) {
      batch.rewind();
      fill();
    } else if (batch.seemsOver()) {
      door.store()
          .ifPresent(store -> store
              .batches()
              .end(door.session().orElse(0), id)
              .onSuccess(now -> happenings.happened(id)));
    }
  }

  /** Of the job after its attempt; a word of its own where nothing was changed. */
  private static String state(EndedAttempt ended, Fate fate) {
    return switch (fate) {
      case KEPT -> ended.next().word();
      case DROPPED -> "cancelled";
      case UNKEEPABLE -> "dead";
      case STALE -> "stale";
    };
  }

  // --- what it does

  private void known(JobStore store, List<Batch> open, Share share) {
    Set<BatchId> ids = new HashSet<>();
    for (Batch batch : open) {
      ids.add(batch.id());
      OpenBatch known = batches.computeIfAbsent(batch.id(), id -> new OpenBatch(batch, share));
      known.update(batch, share);
      known.withdraw(lane(known), clock.instant());
      judge(store, batch);
    }
    batches.values().removeIf(batch -> !ids.contains(batch.batch().id()) && !batch.hasInHand());
    meters.left(batches.values().stream()
        .collect(
            groupingBy(this::lane, summingLong(batch -> batch.batch().progress().left()))));
    fill();
  }

  /** Pauses a batch whose stop rule says so. */
  private void judge(JobStore store, Batch batch) {
    BatchControl next = batch.control().after(batch.progress());
    if (next.version() != batch.control().version()) {
      store
          .batches()
          .steer(door.session().orElse(0), batch.id(), next, String.valueOf(next.paused()));
    }
  }

  private void fill() {
    if (!working || door.session().isEmpty() || spool.bytes() > MOST_UNKEPT_BYTES) {
      return;
    }
    List<OpenBatch> inOrder = batches.values().stream().sorted(OpenBatch.ORDER).toList();
    for (OpenBatch batch : inOrder) {
      read(batch);
      begin(batch);
    }
  }

  private void read(OpenBatch batch) {
    Optional<JobStore> store = door.store();
    if (store.isPresent() && batch.needsReading(LOW)) {
      OpenBatch.Page page = batch.beginReading();
      store
          .get()
          .jobs()
          .waiting(batch.batch().id(), page.after(), READ)
          .onFailure(failure -> batch.readFailed(page))
          .onSuccess(found -> {
            batch.read(page, found, READ);
            fill();
          });
    }
  }

  private void begin(OpenBatch batch) {
    LaneSpec lane = laneOf(batch);
    Tenant tenant = new Tenant(batch.batch().tenant(), Set.of(), lane.name(), Set.of());
    Instant now = clock.instant();
    while (window.hasRoom(batch, lane.name())) {
      Found job = batch.next(now);
      if (job == null) {
        return;
      }
      window.enter(batch, lane.name());
      begin(batch, job, tenant, lane);
    }
  }

  private void begin(OpenBatch batch, Found job, Tenant tenant, LaneSpec lane) {
    JobRun run = new JobRun(this, batch, job, lane.name());
    batch.began(job.id(), run);
    RunOrder order = new RunOrder(
        run,
        tenant,
        lane,
        batch.name(),
        CallContext.of(job.id().toString()),
        PATIENCE.toMillis(),
        run);
    Buffer body = Specs.body(batch.batch().template(), job.spec());
    if (batch.batch().reuse() == Reuse.KNOWN) {
      cache
          .find(batch.batch(), body)
          .onSuccess(
              known -> known.ifPresentOrElse(run::recall, () -> journey.submit(order, body)));
    } else {
      journey.submit(order, body);
    }
  }

  private LaneSpec laneOf(OpenBatch batch) {
    return lanes.choose(ANYBODY, batch.batch().control().lane(), null);
  }

  private String lane(OpenBatch batch) {
    return laneOf(batch).name();
  }
}
