package io.gradelane.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusMessage.Decided;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.BusMessage.Told;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.LocalMembers;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.TenantLimits;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The test stands where the API verticles would, and speaks the bus. */
@ExtendWith(VertxExtension.class)
class DispatcherVerticleTest {

  private static final String NODE = "n1";
  private static final String ASKER = Addresses.decided("main", NODE, 0);

  private final Random random = new Random(1);
  private final BlockingQueue<Decided> decided = new LinkedBlockingQueue<>();
  private final HandMap servers = new HandMap();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Vertx vertx;

  @BeforeEach
  void deploy(Vertx vertx) throws Exception {
    this.vertx = vertx;
    BusCodecs.register(vertx);
    vertx.eventBus().<Decided>consumer(ASKER, message -> decided.add(message.body()));
    servers.put(entry("s1", 2, 1));
    LaneSpec exam =
        new LaneSpec("exam", true, 40, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 100, false);
    var ports = new DispatchPorts(
        "main",
        new LocalMembers(new Member(NODE, "", "dev", 1, "", "", 0)),
        new PoolRules(List.of(exam), 1, 0.2),
        List.of(new TenantLimits("small", 1, 0, 1000)),
        List.of(),
        Duration.ofSeconds(10),
        servers,
        meters,
        InstantSource.system(),
        System::nanoTime);
    await(vertx.deployVerticle(new DispatcherVerticle(ports)));
  }

  @Test
  void grantsAsManyAsThereAreSlotsAndTheRestAsTheyComeBack() throws Exception {
    RunId first = want("t");
    RunId second = want("t");
    RunId third = want("t");
    Decision.Granted a = granted();
    Decision.Granted b = granted();
    assertThat(List.of(a.run(), b.run())).containsExactly(first, second);
    tell(new Telling.Done(a.run(), a.permit(), Ending.OK, 5));
    assertThat(granted().run()).isEqualTo(third);
  }

  @Test
  void aCancelledRunIsNeverGranted() throws Exception {
    want("t");
    want("t");
    RunId gone = want("t");
    RunId last = want("t");
    Decision.Granted a = granted();
    granted();
    tell(new Telling.Cancelled(gone));
    tell(new Telling.Done(a.run(), a.permit(), Ending.OK, 5));
    assertThat(granted().run()).isEqualTo(last);
  }

  @Test
  void aServerThatComesLaterIsUsedAtOnce() throws Exception {
    want("t");
    want("t");
    want("t");
    granted();
    granted();
    servers.put(entry("s2", 1, 1));
    assertThat(granted().server()).isEqualTo("s2");
  }

  @Test
  void aTenantsLimitsHold() throws Exception {
    want("small");
    granted();
    RunId tooMany = want("small");
    assertThat(next()).isInstanceOfSatisfying(Decision.Refused.class, refused -> {
      assertThat(refused.run()).isEqualTo(tooMany);
      assertThat(refused.reason()).isEqualTo(Refusal.TENANT_LIMIT);
    });
  }

  @Test
  void aDoubtIsAnswered() throws Exception {
    RunId run = want("t");
    Decision.Granted permit = granted();
    tell(new Telling.Doubted(run, permit.permit(), 10, want(run, "t", 2, true)));
    assertThat(next()).isEqualTo(new Decision.Believed(run));
  }

  @Test
  void aPausedLaneWaitsAndGoesOn() throws Exception {
    VersionedLane lane = lane();
    LaneSpec spec = lane.spec();
    LaneSpec paused = new LaneSpec(
        spec.name(), true, spec.priority(), 0, spec.cap(), spec.patience(), spec.maxQueued(), true);
    assertThat(ask(new PoolQuestion.SetLane(paused, lane.version())))
        .isInstanceOfSatisfying(
            PoolAnswer.LaneSet.class, set -> assertThat(set.lane().spec()).isEqualTo(paused));
    RunId run = want("t");
    assertThat(ask(new PoolQuestion.WhyWaiting(run)))
        .isInstanceOfSatisfying(
            PoolAnswer.Waiting.class, why -> assertThat(why.why().words()).contains("paused"));
    assertThat(decided).isEmpty();
    ask(new PoolQuestion.SetLane(spec, lane().version()));
    assertThat(granted().run()).isEqualTo(run);
  }

  @Test
  void aChangeByOneWhoHasSeenAnOlderLaneIsRefused() throws Exception {
    assertThat(ask(new PoolQuestion.SetLane(lane().spec(), 7)))
        .isInstanceOf(PoolAnswer.Stale.class);
  }

  @Test
  void theStatusSaysHowManySlotsAreInUse() throws Exception {
    BlockingQueue<Status> statuses = new LinkedBlockingQueue<>();
    want("t");
    granted();
    vertx.eventBus().<Status>consumer(Addresses.status("main"), m -> statuses.add(m.body()));
    Status status = statuses.poll(20, TimeUnit.SECONDS);
    assertThat(status).isNotNull();
    assertThat(status.inUse()).containsExactly(Map.entry("s1", 1));
    assertThat(meters.get("gradelane.server.in.use").tag("server", "s1").gauge().value())
        .isEqualTo(1);
  }

  private RunId want(String tenant) {
    RunId run = RunId.next(1_000_000, random);
    vertx
        .eventBus()
        .send(
            Addresses.lane("main", "exam", NODE),
            new Told(ASKER, List.of(new Telling.Wanted(want(run, tenant, 1, false)))));
    return run;
  }

  private static Want want(RunId run, String tenant, int attempt, boolean quiet) {
    return new Want(
        run, attempt, "exam", tenant, "", "c", null, 0, 1000, 0, 60_000, quiet, Set.of(), null);
  }

  private void tell(Telling telling) {
    vertx.eventBus().send(Addresses.permits("main", NODE), new Told(ASKER, List.of(telling)));
  }

  private final java.util.ArrayDeque<Decision> read = new java.util.ArrayDeque<>();

  private Decision next() throws InterruptedException {
    if (read.isEmpty()) {
      Decided more = decided.poll(20, TimeUnit.SECONDS);
      assertThat(more).as("a decision within 20 s").isNotNull();
      read.addAll(more.decisions());
    }
    return read.remove();
  }

  private Decision.Granted granted() throws InterruptedException {
    Decision decision = next();
    assertThat(decision).isInstanceOf(Decision.Granted.class);
    return (Decision.Granted) decision;
  }

  @Test
  void whatWasKeptHoldsUntilSomethingIsSaid() throws Exception {
    LaneSpec paused = lane().spec().withPaused(true);
    var kept = new PoolQuestion.RestoreLanes(List.of(new VersionedLane(paused, 1_000)));

    assertThat(ask(kept))
        .isEqualTo(new PoolAnswer.AllLanes(List.of(new VersionedLane(paused, 1_000))));
    RunId run = want("t");
    assertThat(ask(new PoolQuestion.WhyWaiting(run)))
        .isInstanceOfSatisfying(
            PoolAnswer.Waiting.class, why -> assertThat(why.why().words()).contains("paused"));
    ask(new PoolQuestion.SetLane(paused.withPaused(false), 1_000));
    assertThat(granted().run()).isEqualTo(run);
    ask(kept);
    assertThat(lane().spec().paused()).isFalse();
  }

  private VersionedLane lane() throws Exception {
    return ((PoolAnswer.AllLanes) ask(new PoolQuestion.Lanes())).lanes().getFirst();
  }

  private PoolAnswer ask(PoolQuestion question) throws Exception {
    return await(vertx.eventBus().<PoolAnswer>request(Addresses.questions("main", NODE), question))
        .body();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static ServerEntry entry(String id, int slots, int cores) {
    var spec =
        new ServerSpec(id, URI.create("http://127.0.0.1:1"), null, slots, cores, 1, Map.of());
    return new ServerEntry(spec, new ServerState.Ready(Instant.EPOCH), Map.of("c", "12"), 1);
  }

  /** A server map written by hand. */
  private static final class HandMap implements ServerMap {

    private final Map<String, ServerEntry> entries =
        new java.util.concurrent.ConcurrentSkipListMap<>();
    private volatile Consumer<Map<String, ServerEntry>> listener = changed -> {};
    private volatile io.vertx.core.@Nullable Context context;

    void put(ServerEntry entry) {
      entries.put(entry.id(), entry);
      var home = context;
      if (home != null) {
        home.runOnContext(tick -> listener.accept(snapshot()));
      }
    }

    @Override
    public Map<String, ServerEntry> snapshot() {
      return Map.copyOf(entries);
    }

    @Override
    public Future<Boolean> replace(
        String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
      return Future.failedFuture("nobody replaces entries here");
    }

    @Override
    public Runnable listen(Consumer<Map<String, ServerEntry>> changed) {
      listener = changed;
      context = Vertx.currentContext();
      return () -> listener = ignored -> {};
    }
  }
}
