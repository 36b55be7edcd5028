package io.gradelane.store.postgres;

import io.gradelane.store.jobs.Leases;
import io.gradelane.store.jobs.Leases.Lease;
import io.vertx.core.Future;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.SqlConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the schema to what this version needs: forward only, each file once, in its own transaction, by whichever node
 * holds the lease; the others wait for it. A file adds first; what nobody uses any more goes a release later, so that two
 * versions run side by side. Files that a newer version has applied are left alone.
 */
final class Migrations {

  /** In order. Never changed once released. */
  static final List<String> FILES = List.of(
      "001_jobs",
      "002_request_keys",
      "004_settings",
      "005_runs",
      "006_fleet",
      "007_webhooks",
      "009_results",
      "010_exams",
      "013_request_keys");

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);
  private static final String LEASE = "migrations";
  private static final Duration TIME = Duration.ofSeconds(30);
  private static final Duration RENEW_EVERY = Duration.ofSeconds(5);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  /** What two nodes meet that create the same thing at the same moment. */
  private static final List<String> SOMEBODY_ELSE_DID = List.of("23505", "42P07", "42710", "XX000");

  private static final int TRIES = 10;

  private final Database database;
  private final Leases leases;

  Migrations(Database database, Leases leases) {
    this.database = database;
    this.leases = leases;
  }

  /** @return how many were applied */
  Future<Integer> apply(String holder) {
    return bootstrap(TRIES)
        .compose(ready -> pending())
        .compose(pending -> pending.isEmpty() ? Future.succeededFuture(0) : underLease(holder));
  }

  private Future<Void> bootstrap(int tries) {
    return database
        .script(Statements.named("bootstrap"))
        .recover(failure -> tries > 1
                && failure instanceof PgException refused
                && SOMEBODY_ELSE_DID.contains(refused.getSqlState())
            ? bootstrap(tries - 1)
            : Future.failedFuture(failure));
  }

  private Future<Integer> underLease(String holder) {
    return leases
        .take(LEASE, holder, TIME)
        .compose(taken -> taken.isEmpty()
            ? later().compose(waited -> apply(holder))
            : underLease(taken.get()).eventually(() -> leases.release(taken.get())));
  }

  private Future<Integer> underLease(Lease lease) {
    long renewing =
        database.vertx().setPeriodic(RENEW_EVERY.toMillis(), tick -> leases.renew(lease, TIME));
    return pending()
        .compose(files -> applyAll(lease, files))
        .onComplete(done -> database.vertx().cancelTimer(renewing));
  }

  private Future<Void> later() {
    return database.vertx().timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** Those that were not applied yet; fails if one that was is not what stands here. */
  private Future<List<String>> pending() {
    return database.send("migrations_applied").map(rows -> {
      Map<Integer, String> applied = new HashMap<>();
      rows.forEach(row -> applied.put(row.getInteger("number"), row.getString("digest")));
      FILES.forEach(file -> compare(file, applied.get(number(file))));
      return FILES.stream().filter(file -> !applied.containsKey(number(file))).toList();
    });
  }

  private Future<Integer> applyAll(Lease lease, List<String> files) {
    Future<Void> all = Future.succeededFuture();
    for (String file : files) {
      all = all.compose(before -> apply(lease, file));
    }
    return all.map(done -> files.size());
  }

  /** The fence is shown last, just before the commit: a holder that has slept changes nothing. */
  private Future<Void> apply(Lease lease, String file) {
    return database
        .inTransaction((SqlConnection over) -> Database.script(over, text(file))
            .compose(
                done -> Database.send(over, "migration_record", number(file), file, digest(file)))
            .compose(recorded -> PostgresLeases.hold(over, lease, TIME)))
        .onSuccess(done -> log.atInfo().addKeyValue("file", file).log("schema migrated"));
  }

  private static void compare(String file, @org.jspecify.annotations.Nullable String applied) {
    if (applied != null && !applied.equals(digest(file))) {
      throw new IllegalStateException("migration " + file
          + ": the database has another one of this number (expected: files that were applied are"
          + " never changed)");
    }
  }

  private static int number(String file) {
    return Integer.parseInt(file.substring(0, 3));
  }

  private static String text(String file) {
    return Statements.named("migrations/" + file);
  }

  private static String digest(String file) {
    try {
      byte[] text = text(file).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
