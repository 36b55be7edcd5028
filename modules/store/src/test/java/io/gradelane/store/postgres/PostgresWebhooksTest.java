package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.Reuse;
import io.gradelane.store.jobs.BatchHook;
import io.gradelane.store.jobs.Deliveries.Delivered;
import io.gradelane.store.jobs.Deliveries.Due;
import io.gradelane.store.jobs.Deliveries.Failed;
import io.gradelane.store.jobs.Deliveries.GivenUp;
import io.gradelane.store.jobs.Deliveries.Room;
import io.gradelane.store.jobs.Delivery;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.JobSource;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Jobs.Offer;
import io.gradelane.store.jobs.Leases.Lease;
import io.gradelane.store.jobs.NewBatch;
import io.gradelane.store.jobs.NewJob;
import io.gradelane.store.jobs.NewWebhook;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.jobs.Webhook;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Webhooks, and what is written for them when batches and jobs end. */
final class PostgresWebhooksTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestDatabase.fresh();
  private final Random random = new Random();
  private JobStore store;
  private long session;
  private Lease lease;

  @BeforeEach
  void open() {
    store = get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
    session = get(store.sessions().open("node"));
    lease = get(store.leases().take("webhooks", "node", MINUTE)).orElseThrow();
  }

  @AfterEach
  void close() {
    get(store.close());
    get(vertx.close());
  }

  @Test
  void aWebhookIsKeptFoundAndRemoved() {
    UUID id = register("moodle", HookEvent.BATCH_ENDED);
    register("other", HookEvent.JOB_ENDED);

    Webhook kept = get(store.webhooks().find(id)).orElseThrow();
    assertThat(kept.events()).containsExactly(HookEvent.BATCH_ENDED);
    assertThat(kept.onlyBatch()).isNull();
    assertThat(get(store.webhooks().page("moodle", null, 10))).containsExactly(kept);
    assertThat(get(store.webhooks().page(null, null, 10))).hasSize(2);
    assertThat(get(store.webhooks().remove(id))).isTrue();
    assertThat(get(store.webhooks().remove(id))).isFalse();
    assertThat(get(store.webhooks().find(id))).isEmpty();
  }

  @Test
  void theEndOfABatchIsTheTenantsWebhooksToHear() {
    UUID id = register("moodle", HookEvent.BATCH_ENDED);
    register("other", HookEvent.BATCH_ENDED);
    BatchId batch = submit(2, null);
    finish(batch, 1, 2);

    List<Due> due = claim();

    assertThat(due).hasSize(1);
    assertThat(due.getFirst().webhook()).isEqualTo(id);
    assertThat(due.getFirst().event()).isEqualTo(HookEvent.BATCH_ENDED);
    assertThat(due.getFirst().data().getString("batch")).isEqualTo(batch.toString());
    assertThat(due.getFirst().data().getString("name")).isEqualTo("a \"batch\"");
    assertThat(due.getFirst().data().getInteger("finished")).isEqualTo(2);
    assertThat(claim()).isEmpty();
  }

  @Test
  void eachEndOfAJobIsWrittenOnceAndOnlyForThoseWhoAsked() {
    register("moodle", HookEvent.BATCH_ENDED);
    UUID id = register("moodle", HookEvent.JOB_ENDED);
    BatchId batch = submit(3, null);
    EndedAttempt first = ran(claimJob(batch, 1));
    get(store.jobs().finish(session, "node", List.of(first)));
    get(store.jobs().finish(session, "node", List.of(first)));
    cancel(batch);

    List<Due> due = claim();

    assertThat(due).extracting(Due::webhook).containsOnly(id).hasSize(3);
    assertThat(due)
        .extracting(one -> one.data().getString("ref") + " " + one.data().getString("state") + " "
            + one.data().getInteger("outcome"))
        .containsExactlyInAnyOrder(
            "ref 1 finished 15", "ref 2 cancelled null", "ref 3 cancelled null");
  }

  @Test
  void whatIsErasedIsNamedToNobody() {
    register("moodle", HookEvent.JOB_ENDED);
    BatchId batch = submit(3, null);
    get(store.jobs().finish(session, "node", List.of(ran(claimJob(batch, 1)))));
    get(store.jobs().erase(session, "moodle", "ref 1", null));
    get(store.jobs().erase(session, "moodle", "ref 2", null));

    assertThat(claim())
        .extracting(one -> one.data().getString("ref") + one.data().getString("state"))
        .containsExactlyInAnyOrder("finished", "cancelled");
  }

  @Test
  void aBatchCanNameAWebhookOfItsOwn() {
    UUID id = UUID.randomUUID();
    NewWebhook made = new NewWebhook(id, "moodle", "https://a.example.edu/", "whsec_a", Set.of());
    BatchId batch = submit(1, new BatchHook(id, made, true));
    BatchId other = submit(1, null);
    finish(batch, 1);
    finish(other, 1);

    assertThat(claim())
        .extracting(due -> due.event() + " " + due.data().getString("batch"))
        .containsExactlyInAnyOrder("JOB_ENDED " + batch, "BATCH_ENDED " + batch);
    assertThat(get(store.webhooks().find(id)).orElseThrow().onlyBatch()).isEqualTo(batch);
  }

  @Test
  void whatArrivedIsOverWhatFailedIsDueLaterAndWhatIsGivenUpIsListed() {
    UUID id = register("moodle", HookEvent.JOB_ENDED);
    BatchId batch = submit(3, null);
    finish(batch, 1, 2, 3);
    List<Due> due = claim();

    assertThat(get(store.deliveries().settle(due.get(0), new Delivered(204)))).isTrue();
    assertThat(get(store.deliveries().settle(due.get(0), new Delivered(204)))).isFalse();
    get(store.deliveries().settle(due.get(1), new Failed(500, "status 500", Duration.ZERO)));
    get(store.deliveries().settle(due.get(2), new Failed(0, "no answer", Duration.ofDays(2))));

    assertThat(claim()).extracting(Due::id).containsExactly(due.get(1).id());
    assertThat(page(id, Delivery.State.DELIVERED)).containsExactly(due.get(0).id());
    assertThat(page(id, Delivery.State.WAITING)).containsExactly(due.get(1).id());
    assertThat(page(id, Delivery.State.DEAD)).containsExactly(due.get(2).id());
    assertThat(page(id, null)).hasSize(3);
    assertThat(get(store.deliveries().page(id, null, page(id, null).getFirst(), 10)))
        .hasSize(2);
    assertThat(get(store.deliveries().replay(id, due.get(1).id()))).isFalse();
    assertThat(get(store.deliveries().replay(id, due.get(2).id()))).isTrue();
    assertThat(claim()).extracting(Due::id).containsExactly(due.get(2).id());
  }

  @Test
  void aTryThatWasTakenOverSettlesNothing() {
    register("moodle", HookEvent.BATCH_ENDED);
    finish(submit(1, null), 1);
    Due first = claim().getFirst();
    get(store.deliveries().settle(first, new Failed(500, "", Duration.ZERO)));
    Due second = claim().getFirst();

    assertThat(second.tries()).isEqualTo(2);
    assertThat(get(store.deliveries().settle(first, new GivenUp(500, "")))).isFalse();
    assertThat(get(store.deliveries().settle(second, new Delivered(200)))).isTrue();
  }

  @Test
  void whoHasLostTheLeaseIsGivenNothing() {
    register("moodle", HookEvent.JOB_ENDED);
    finish(submit(1, null), 1);

    Room room = new Room(Map.of(), 9, 9);
    assertThat(get(store.deliveries().claim(new Lease("webhooks", 0), room))).isEmpty();
    assertThat(get(store.deliveries().claim(lease, room))).hasSize(1);
  }

  @Test
  void everyEndpointIsGivenItsShareHoweverManyWebhooksItHas() {
    register("moodle", "https://Busy.example.edu/a", HookEvent.JOB_ENDED);
    register("moodle", "https://busy.example.edu?b", HookEvent.JOB_ENDED);
    register("moodle", "https://full.example.edu/", HookEvent.JOB_ENDED);
    register("moodle", "https://other.example.edu:8443/c", HookEvent.JOB_ENDED);
    finish(submit(4, null), 1, 2, 3, 4);

    Room room = new Room(Map.of("busy.example.edu", 3, "full.example.edu", 0), 2, 9);
    assertThat(get(store.deliveries().claim(lease, room)))
        .extracting(Due::endpoint)
        .containsExactlyInAnyOrder(
            "busy.example.edu",
            "busy.example.edu",
            "busy.example.edu",
            "other.example.edu:8443",
            "other.example.edu:8443");
  }

  @Test
  void whereThereIsNotRoomForAllEveryEndpointIsGivenTheFirst() {
    register("moodle", "https://a.example.edu/", HookEvent.JOB_ENDED);
    register("moodle", "https://b.example.edu/", HookEvent.JOB_ENDED);
    finish(submit(4, null), 1, 2, 3, 4);

    assertThat(get(store.deliveries().claim(lease, new Room(Map.of(), 4, 2))))
        .extracting(Due::endpoint)
        .containsExactlyInAnyOrder("a.example.edu", "b.example.edu");
  }

  @Test
  void oneThatWantsNothingMoreIsSentNothing() {
    UUID id = register("moodle", HookEvent.JOB_ENDED);
    BatchId batch = submit(2, null);
    finish(batch, 1);
    get(store.webhooks().disable(id));
    finish(batch, 2);

    assertThat(claim()).isEmpty();
    assertThat(page(id, Delivery.State.DEAD)).hasSize(1);
    assertThat(page(id, null)).hasSize(1);
    assertThat(get(store.webhooks().find(id)).orElseThrow().disabledAt()).isNotNull();
  }

  @Test
  void aSecretIsGoodForAWhileAfterItsRotation() {
    UUID id = register("moodle", HookEvent.JOB_ENDED);
    BatchId batch = submit(2, null);
    finish(batch, 1);
    get(store.webhooks().rotate(id, "whsec_new", MINUTE));
    assertThat(claim().getFirst().secrets()).containsExactly("whsec_new", "whsec_old");
    get(store.webhooks().rotate(id, "whsec_newest", Duration.ZERO));
    finish(batch, 2);
    assertThat(claim().getFirst().secrets()).containsExactly("whsec_newest");
  }

  @Test
  void whatIsOldGoes() {
    UUID id = register("moodle", HookEvent.JOB_ENDED);
    UUID own = UUID.randomUUID();
    NewWebhook made = new NewWebhook(own, "moodle", "https://a.example.edu/", "whsec_a", Set.of());
    BatchId batch = submit(1, new BatchHook(own, made, false));
    assertThat(get(store.deliveries().expire(Duration.ZERO))).isZero();
    assertThat(get(store.webhooks().find(own))).isPresent();
    finish(batch, 1);

    assertThat(get(store.deliveries().expire(Duration.ofDays(1)))).isZero();
    assertThat(get(store.deliveries().expire(Duration.ofMillis(-1)))).isEqualTo(2);
    assertThat(get(store.webhooks().find(own))).isEmpty();
    assertThat(get(store.webhooks().find(id))).isPresent();
  }

  private UUID register(String tenant, HookEvent event) {
    return register(tenant, "https://hook.example.edu/", event);
  }

  private UUID register(String tenant, String url, HookEvent event) {
    UUID id = UUID.randomUUID();
    get(store.webhooks().add(new NewWebhook(id, tenant, url, "whsec_old", Set.of(event))));
    return id;
  }

  private BatchId submit(int jobs, @Nullable BatchHook hook) {
    BatchId id = BatchId.next(System.currentTimeMillis(), random);
    NewBatch batch = new NewBatch(
        id,
        "moodle",
        "a \"batch\"",
        null,
        BatchControl.in("bulk").withVersion(1),
        true,
        hook,
        Reuse.NEVER);
    List<NewJob> all = IntStream.rangeClosed(1, jobs)
        .mapToObj(i -> new NewJob("ref " + i, "python3", 500, Buffer.buffer("{}")))
        .toList();
    get(store.batches().submit(session, batch, JobSource.of(all)));
    return id;
  }

  private void finish(BatchId batch, int... sequences) {
    for (int sequence : sequences) {
      EndedAttempt ended = ran(claimJob(batch, sequence));
      get(store.jobs().finish(session, "node", List.of(ended)));
    }
    get(store.batches().end(session, batch));
  }

  private void cancel(BatchId batch) {
    BatchControl control = get(store.batches().find(batch)).orElseThrow().control();
    assertThat(get(store.batches().steer(session, batch, control.cancel(), "by ada")))
        .isTrue();
    get(store.jobs().cancelWaiting(session, batch));
  }

  private Claim claimJob(BatchId batch, int sequence) {
    Offer offer = new Offer(batch.job(sequence), "s1");
    return get(store.jobs().claim(session, List.of(offer))).getFirst().claim();
  }

  private static EndedAttempt ran(Claim claim) {
    return new EndedAttempt(
        claim,
        new AttemptEnding.Ran(15),
        new JobState.Finished(claim.attempt(), 15),
        new EndedAttempt.Where("s1", 1, 1, 1, 1),
        Buffer.buffer("{}"));
  }

  private List<Due> claim() {
    return get(store.deliveries().claim(lease, new Room(Map.of(), 10, 10)));
  }

  private List<UUID> page(UUID webhook, Delivery.@Nullable State state) {
    return get(store.deliveries().page(webhook, state, null, 10)).stream()
        .map(Delivery::id)
        .toList();
  }

  private static <T> T get(Future<T> future) {
    return Blocking.get(future);
  }
}
