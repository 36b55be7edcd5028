package io.gradelane.store.postgres;

import io.gradelane.core.job.AttemptEnding;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.store.jobs.EndedAttempt;
import io.gradelane.store.jobs.Jobs.Fate;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends attempts in groups. What one statement refuses because of its values is sent again in two halves, and so on, until
 * what can't be kept stands alone; that job is dead then, without its result, and nothing else is held up.
 *
 * <p>Whatever the statement leaves out is looked up afresh: it had arrived before, or it comes too late.
 */
final class Finishing {

  private static final Logger log = LoggerFactory.getLogger(Finishing.class);

  private final Database database;

  Finishing(Database database) {
    this.database = database;
  }

  Future<Map<Claim, Fate>> finish(long session, String node, List<EndedAttempt> group) {
    if (group.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    List<EndedAttempt> sorted = group.stream()
        .sorted(Comparator.comparing(ended -> ended.claim().job()))
        .toList();
    return send(session, node, sorted)
        .compose(rows -> fates(sorted, rows))
        .recover(failure -> Database.isAboutValues(failure)
            ? apart(session, node, sorted, failure)
            : Future.failedFuture(failure));
  }

  private Future<Map<Claim, Fate>> apart(
      long session, String node, List<EndedAttempt> group, Throwable failure) {
    if (group.size() == 1) {
      return alone(session, node, group.getFirst(), failure);
    }
    int half = group.size() / 2;
    return finish(session, node, group.subList(0, half))
        .compose(first -> finish(session, node, group.subList(half, group.size()))
            .map(second -> {
              Map<Claim, Fate> all = new HashMap<>(first);
              all.putAll(second);
              return all;
            }));
  }

  private Future<Map<Claim, Fate>> alone(
      long session, String node, EndedAttempt unkeepable, Throwable failure) {
    log.atError()
        .addKeyValue("job", unkeepable.claim().job())
        .addKeyValue("attempt", unkeepable.claim().attempt())
        .addKeyValue("reason", failure.getMessage())
        .log("the database refuses to keep a result: its job is dead");
    String reason = "its result can't be kept: " + printable(failure);
    EndedAttempt dead = new EndedAttempt(
        unkeepable.claim(),
        new AttemptEnding.Rejected(reason),
        new JobState.Dead(unkeepable.claim().attempt(), reason),
        new EndedAttempt.Where("", 0, 0, 0, 0),
        null);
    return send(session, node, List.of(dead))
        .compose(rows -> fates(List.of(dead), rows))
        .map(fates ->
            fates.containsValue(Fate.KEPT) ? Map.of(unkeepable.claim(), Fate.UNKEEPABLE) : fates);
  }

  private Future<RowSet<Row>> send(long session, String node, List<EndedAttempt> group) {
    return database.send(
        "jobs_finish",
        session,
        Columns.uuids(group, ended -> ended.claim().job().value()),
        Columns.uuids(group, ended -> ended.claim().job().batch().value()),
        Columns.shorts(group, ended -> ended.claim().attempt()),
        Columns.longs(group, ended -> ended.claim().session()),
        Columns.shorts(group, ended -> Codes.of(ended.next())),
        Columns.shorts(group, ended -> Codes.of(ended.ending())),
        outcomes(group),
        Columns.integers(group, ended -> ended.where().waitedMillis()),
        Columns.integers(group, ended -> ended.where().ranMillis()),
        Columns.shorts(group, ended -> ended.where().serverLoad()),
        Columns.shorts(group, ended -> ended.where().serverSlots()),
        Columns.texts(group, ended -> ended.where().server()),
        Columns.texts(group, EndedAttempt::reason),
        Columns.bytes(group, EndedAttempt::result),
        node,
        digests(group),
        Columns.uuids(
            group, ended -> ended.origin() == null ? null : ended.origin().job().value()),
        origins(group));
  }

  /** Null where none is to be remembered, as mostly. */
  private static Buffer @Nullable [] digests(List<EndedAttempt> group) {
    return group.stream().allMatch(ended -> ended.digest() == null)
        ? null
        : Columns.bytes(group, EndedAttempt::digest);
  }

  private static @Nullable Short[] origins(List<EndedAttempt> group) {
    return group.stream()
        .map(ended ->
            ended.origin() == null ? null : (Short) (short) ended.origin().attempt())
        .toArray(Short[]::new);
  }

  private Future<Map<Claim, Fate>> fates(List<EndedAttempt> group, RowSet<Row> rows) {
    Map<JobId, Fate> ended = read(rows, "became");
    List<Claim> left = group.stream()
        .map(EndedAttempt::claim)
        .filter(claim -> !ended.containsKey(claim.job()))
        .toList();
    Future<Map<JobId, Fate>> before =
        left.isEmpty() ? Future.succeededFuture(Map.of()) : lookUp(left);
    return before.map(known -> {
      Map<Claim, Fate> fates = new HashMap<>();
      for (EndedAttempt one : group) {
        JobId job = one.claim().job();
        fates.put(one.claim(), ended.getOrDefault(job, known.getOrDefault(job, Fate.STALE)));
      }
      return fates;
    });
  }

  private Future<Map<JobId, Fate>> lookUp(List<Claim> claims) {
    return database
        .send(
            "jobs_finished",
            Columns.uuids(claims, claim -> claim.job().value()),
            Columns.shorts(claims, Claim::attempt),
            Columns.longs(claims, Claim::session))
        .map(rows -> read(rows, "state"));
  }

  private static Map<JobId, Fate> read(RowSet<Row> rows, String state) {
    Map<JobId, Fate> fates = new HashMap<>();
    rows.forEach(row -> fates.put(
        Rows.job(row), row.getInteger(state) == Codes.CANCELLED ? Fate.DROPPED : Fate.KEPT));
    return fates;
  }

  private static @Nullable Short[] outcomes(List<EndedAttempt> group) {
    return group.stream()
        .map(ended ->
            ended.ending() instanceof AttemptEnding.Ran ran ? (Short) (short) ran.outcome() : null)
        .toArray(Short[]::new);
  }

  private static String printable(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "no reason given" : message.replaceAll("\\p{Cntrl}", " ");
  }
}
