package io.gradelane.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.NewWebhook;
import io.gradelane.store.jobs.Once;
import io.gradelane.store.jobs.Once.Answer;
import io.gradelane.store.jobs.RequestKey;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.testkit.Blocking;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is done once for each key, together with its answer. */
final class RequestKeysTest {

  private static final RequestKey KEY = new RequestKey("moodle", "k1", Buffer.buffer("a"));

  private final Vertx vertx = Vertx.vertx();
  private final DatabaseAddress address = TestDatabase.fresh();
  private JobStore store;

  @BeforeEach
  void open() {
    store = Blocking.get(PostgresJobStore.open(vertx, address, Sessions.Terms.DEFAULT, "node"));
  }

  @AfterEach
  void close() {
    Blocking.get(store.close());
    Blocking.get(vertx.close());
  }

  @Test
  void theSecondTimeTheFirstAnswerIsGiven() {
    Answer first = new Answer(201, Buffer.buffer("first"));

    assertThat(once(KEY, first)).isEqualTo(new Once.Done(first));
    assertThat(once(KEY, new Answer(200, Buffer.buffer("second"))))
        .isEqualTo(new Once.Before(first));
    assertThat(webhooks()).isEqualTo(1);
  }

  @Test
  void anotherRequestUnderTheSameKeyIsNotDoneAndOthersHaveKeysOfTheirOwn() {
    Answer answer = new Answer(200, Buffer.buffer("x"));
    once(KEY, answer);

    assertThat(once(new RequestKey("moodle", "k1", Buffer.buffer("b")), answer))
        .isEqualTo(new Once.Taken());
    assertThat(once(new RequestKey("other", "k1", Buffer.buffer("b")), answer))
        .isEqualTo(new Once.Done(answer));
    assertThat(webhooks()).isEqualTo(2);
  }

  @Test
  void whatFailsIsUndoneAndLeavesItsKey() {
    assertThatThrownBy(() -> Blocking.get(
            store.once(KEY, within -> add(within).compose(done -> Future.failedFuture("refused")))))
        .hasRootCauseMessage("refused");
    assertThat(webhooks()).isZero();

    Answer answer = new Answer(200, Buffer.buffer("x"));
    assertThat(once(KEY, answer)).isEqualTo(new Once.Done(answer));
  }

  @Test
  void askedForAtOnceItIsDoneOnce() {
    Answer answer = new Answer(200, Buffer.buffer("x"));
    List<Future<Once>> asked = Stream.generate(
            () -> store.once(KEY, within -> add(within).map(answer)))
        .limit(4)
        .toList();

    assertThat(asked.stream().map(Blocking::get).filter(Once.Done.class::isInstance))
        .hasSize(1);
    assertThat(webhooks()).isEqualTo(1);
  }

  private Once once(RequestKey key, Answer answer) {
    return Blocking.get(store.once(key, within -> add(within).map(answer)));
  }

  private static Future<?> add(JobStore within) {
    return within
        .webhooks()
        .add(new NewWebhook(
            UUID.randomUUID(),
            "moodle",
            "https://hook.example.edu/",
            "whsec_a",
            Set.of(HookEvent.BATCH_ENDED)));
  }

  private int webhooks() {
    return Blocking.get(store.webhooks().page(null, null, 10)).size();
  }
}
