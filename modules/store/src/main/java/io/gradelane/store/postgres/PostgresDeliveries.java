package io.gradelane.store.postgres;

import io.gradelane.core.hook.HookEvent;
import io.gradelane.store.jobs.Deliveries;
import io.gradelane.store.jobs.Delivery;
import io.gradelane.store.jobs.Leases.Lease;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Deliveries as rows. */
final class PostgresDeliveries implements Deliveries {

  private final Database database;

  PostgresDeliveries(Database database) {
    this.database = database;
  }

  @Override
  public Future<List<Due>> claim(Lease lease, Room room) {
    List<Map.Entry<String, Integer>> known = List.copyOf(room.known().entrySet());
    return database
        .send(
            "deliveries_claim",
            lease.name(),
            lease.fence(),
            known.stream().map(Map.Entry::getKey).toArray(String[]::new),
            known.stream().map(Map.Entry::getValue).toArray(Integer[]::new),
            room.each(),
            room.inAll())
        .map(rows -> Database.list(rows, PostgresDeliveries::due));
  }

  @Override
  public Future<Boolean> settle(Due due, Result result) {
    Delivery.State state = switch (result) {
      case Delivered arrived -> Delivery.State.DELIVERED;
      case Failed failed -> Delivery.State.WAITING;
      case GivenUp givenUp -> Delivery.State.DEAD;
    };
    long pause = result instanceof Failed failed ? failed.pause().toMillis() : 0;
    return database
        .send(
            "delivery_settle",
            due.id(),
            due.tries(),
            Codes.of(state),
            pause,
            result.status(),
            result.reason())
        .map(Database::any);
  }

  @Override
  public Future<List<Delivery>> page(
      UUID webhook, Delivery.@Nullable State state, @Nullable UUID before, int size) {
    Short code = state == null ? null : (Short) (short) Codes.of(state);
    return database
        .send("deliveries_page", webhook, code, before, size)
        .map(rows -> Database.list(rows, PostgresDeliveries::read));
  }

  @Override
  public Future<Boolean> replay(UUID webhook, UUID delivery) {
    return database.send("delivery_replay", webhook, delivery).map(Database::any);
  }

  @Override
  public Future<Integer> expire(Duration keep) {
    return database
        .send("deliveries_expire", keep.toMillis())
        .map(rows -> rows.iterator().next().getInteger("expired"));
  }

  private static Due due(Row row) {
    return new Due(
        row.getUUID("id"),
        row.getUUID("webhook"),
        row.getString("url"),
        Stream.of(row.getString("secret"), row.getString("old_secret"))
            .filter(Objects::nonNull)
            .toList(),
        event(row),
        new JsonObject(row.getString("data")),
        row.getOffsetDateTime("made_at").toInstant(),
        row.getInteger("tries"));
  }

  private static Delivery read(Row row) {
    return new Delivery(
        row.getUUID("id"),
        row.getUUID("webhook"),
        event(row),
        new JsonObject(row.getString("data")),
        row.getOffsetDateTime("made_at").toInstant(),
        Codes.delivery(row.getInteger("state")),
        row.getInteger("tries"),
        row.getOffsetDateTime("due_at").toInstant(),
        row.getInteger("status"),
        row.getString("reason"));
  }

  private static HookEvent event(Row row) {
    return row.getInteger("kind") == 1 ? HookEvent.BATCH_ENDED : HookEvent.JOB_ENDED;
  }
}
