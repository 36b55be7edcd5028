package io.gradelane.store.postgres;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.core.job.BatchId;
import io.gradelane.store.jobs.BatchHook;
import io.gradelane.store.jobs.NewWebhook;
import io.gradelane.store.jobs.Webhook;
import io.gradelane.store.jobs.Webhooks;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Webhooks as rows. */
final class PostgresWebhooks implements Webhooks {

  private static final UUID LEAST = new UUID(0, 0);

  private final Database database;

  PostgresWebhooks(Database database) {
    this.database = database;
  }

  @Override
  public Future<Webhook> add(NewWebhook webhook) {
    return database
        .send("webhook_add", columns(webhook, null))
        .map(rows -> read(rows.iterator().next()));
  }

  /** In the transaction that submits a batch: what it names. */
  static Future<Void> name(SqlConnection over, BatchId batch, @Nullable BatchHook hook) {
    if (hook == null) {
      return Future.succeededFuture();
    }
    NewWebhook made = hook.made();
    Future<?> there = made == null
        ? Future.succeededFuture()
        : Database.send(over, "webhook_add", columns(made, batch));
    return there
        .compose(added -> Database.send(
            over, "batch_webhook_add", batch.value(), hook.webhook(), hook.jobEvents()))
        .mapEmpty();
  }

  @Override
  public Future<Optional<Webhook>> find(UUID webhook) {
    return database
        .send("webhook_find", webhook)
        .map(rows -> Database.list(rows, PostgresWebhooks::read).stream().findFirst());
  }

  @Override
  public Future<List<Webhook>> page(@Nullable String tenant, @Nullable UUID after, int size) {
    return database
        .send("webhooks_page", tenant, after == null ? LEAST : after, size)
        .map(rows -> Database.list(rows, PostgresWebhooks::read));
  }

  @Override
  public Future<Boolean> remove(UUID webhook) {
    return any(database.send("webhook_remove", webhook));
  }

  @Override
  public Future<Boolean> rotate(UUID webhook, String secret, Duration overlap) {
    return any(database.send("webhook_rotate", webhook, secret, overlap.toMillis()));
  }

  @Override
  public Future<Void> disable(UUID webhook) {
    return database.send("webhook_disable", webhook).mapEmpty();
  }

  private static Future<Boolean> any(Future<RowSet<Row>> sent) {
    return sent.map(Database::any);
  }

  private static @Nullable Object[] columns(NewWebhook webhook, @Nullable BatchId onlyBatch) {
    return new @Nullable Object[] {
      webhook.id(),
      webhook.tenant(),
      webhook.url(),
      webhook.secret(),
      webhook.events().contains(HookEvent.BATCH_ENDED),
      webhook.events().contains(HookEvent.JOB_ENDED),
      onlyBatch == null ? null : onlyBatch.value()
    };
  }

  private static Webhook read(Row row) {
    UUID only = row.getUUID("only_batch");
    return new Webhook(
        row.getUUID("id"),
        row.getString("tenant"),
        row.getString("url"),
        events(row),
        only == null ? null : new BatchId(only),
        row.getOffsetDateTime("created_at").toInstant(),
        disabledAt(row));
  }

  private static Set<HookEvent> events(Row row) {
    Set<HookEvent> events = EnumSet.noneOf(HookEvent.class);
    if (row.getBoolean("of_batches")) {
      events.add(HookEvent.BATCH_ENDED);
    }
    if (row.getBoolean("of_jobs")) {
      events.add(HookEvent.JOB_ENDED);
    }
    return events;
  }

  private static @Nullable Instant disabledAt(Row row) {
    var at = row.getOffsetDateTime("disabled_at");
    return at == null ? null : at.toInstant();
  }
}
