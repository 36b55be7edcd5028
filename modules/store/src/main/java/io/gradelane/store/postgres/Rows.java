package io.gradelane.store.postgres;

import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.BatchId;
import io.gradelane.core.job.Claim;
import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import io.gradelane.core.job.JobState.Cancelled;
import io.gradelane.core.job.JobState.Dead;
import io.gradelane.core.job.JobState.Finished;
import io.gradelane.core.job.JobState.Running;
import io.gradelane.core.job.JobState.Waiting;
import io.gradelane.core.job.Progress;
import io.gradelane.core.job.StopRule;
import io.gradelane.store.jobs.Attempt;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.BatchEvent;
import io.gradelane.store.jobs.EndedAttempt.Where;
import io.gradelane.store.jobs.JobView;
import io.gradelane.store.jobs.Jobs.Claimed;
import io.gradelane.store.jobs.Jobs.Found;
import io.gradelane.store.jobs.LogHead;
import io.gradelane.store.jobs.Origin;
import io.gradelane.store.jobs.Sessions.Rescued;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows read into what they say. */
final class Rows {

  private Rows() {}

  static Batch batch(Row row) {
    return new Batch(
        new BatchId(row.getUUID("id")),
        row.getString("tenant"),
        row.getString("name"),
        row.getBuffer("template"),
        row.getBoolean("sealed"),
        control(row),
        Codes.reuse(row.getInteger("reuse")),
        progress(row),
        time(row, "created_at"),
        timeOrNull(row, "ended_at"));
  }

  private static BatchControl control(Row row) {
    Integer percent = row.getInteger("stop_percent");
    return new BatchControl(
        row.getString("lane"),
        row.getInteger("priority"),
        row.getString("paused"),
        row.getInteger("up_to"),
        timeOrNull(row, "not_before"),
        percent == null ? null : new StopRule(percent),
        row.getOffsetDateTime("cancelled_at") != null,
        row.getInteger("version"));
  }

  private static Progress progress(Row row) {
    return new Progress(
        row.getInteger("total"),
        row.getInteger("finished"),
        row.getInteger("dead"),
        row.getInteger("cancelled"),
        row.getInteger("lost"),
        row.getInteger("cached"));
  }

  static Found found(Row row) {
    Waiting state =
        new Waiting(row.getInteger("attempt"), row.getInteger("strikes"), row.getString("server"));
    return new Found(
        job(row),
        state,
        row.getString("language"),
        row.getInteger("cost_ms"),
        row.getBuffer("spec"));
  }

  static Claimed claimed(Row row, long session) {
    return new Claimed(
        new Claim(job(row), row.getInteger("attempt"), session), row.getInteger("strikes"));
  }

  static Rescued rescued(Row row) {
    int attempts = row.getInteger("attempt");
    JobState state = switch (row.getInteger("became")) {
      case Codes.DEAD -> new Dead(attempts, "its node vanished");
      case Codes.CANCELLED -> new Cancelled(attempts);
      default -> new Waiting(attempts, row.getInteger("strikes"), row.getString("server"));
    };
    return new Rescued(job(row), state, row.getString("language"), row.getInteger("cost_ms"));
  }

  static JobView view(Row row) {
    Attempt last = row.getInteger("ending") == null
        ? null
        : attempt(row, job(row), row.getInteger("attempt"), "ran_on", "ran_under");
    return new JobView(
        job(row), row.getString("ref"), state(row, last), last, row.getBoolean("erased"));
  }

  static Attempt attempt(Row row) {
    return attempt(
        row, new JobId(row.getUUID("job")), row.getInteger("number"), "server", "session");
  }

  static BatchEvent event(Row row) {
    return new BatchEvent(
        new BatchId(row.getUUID("batch")),
        row.getLong("session"),
        row.getLong("number"),
        time(row, "at"),
        Codes.kind(row.getInteger("kind")),
        row.getInteger("finished"),
        row.getInteger("dead"),
        row.getInteger("cancelled"),
        row.getInteger("lost"),
        changed(row.getArrayOfIntegers("jobs"), row.getArrayOfShorts("states")),
        row.getString("detail"));
  }

  static LogHead head(Row row) {
    Integer state = row.getInteger("job_state");
    return new LogHead(batch(row), writers(row), state == null ? null : Codes.word(state));
  }

  private static List<LogHead.Writer> writers(Row row) {
    Long[] sessions = row.getArrayOfLongs("sessions");
    Long[] numbers = row.getArrayOfLongs("numbers");
    Integer[] finished = row.getArrayOfIntegers("each_finished");
    Integer[] dead = row.getArrayOfIntegers("each_dead");
    Integer[] cancelled = row.getArrayOfIntegers("each_cancelled");
    Integer[] lost = row.getArrayOfIntegers("each_lost");
    List<LogHead.Writer> all = new ArrayList<>(sessions.length);
    for (int i = 0; i < sessions.length; i++) {
      all.add(
          new LogHead.Writer(sessions[i], numbers[i], finished[i], dead[i], cancelled[i], lost[i]));
    }
    return all;
  }

  private static List<BatchEvent.Changed> changed(Integer[] jobs, Short[] states) {
    List<BatchEvent.Changed> all = new ArrayList<>(jobs.length);
    for (int i = 0; i < jobs.length; i++) {
      all.add(new BatchEvent.Changed(jobs[i], Codes.word(states[i])));
    }
    return all;
  }

  private static JobState state(Row row, @Nullable Attempt last) {
    int attempts = row.getInteger("attempt");
    return switch (row.getInteger("state")) {
      case Codes.WAITING ->
        new Waiting(attempts, row.getInteger("strikes"), row.getString("server"));
      case Codes.RUNNING ->
        new Running(
            attempts, row.getInteger("strikes"), row.getLong("session"), row.getString("server"));
      case Codes.FINISHED -> new Finished(attempts, orZero(row, "outcome"));
      case Codes.DEAD -> new Dead(attempts, last == null ? "" : row.getString("reason"));
      default -> new Cancelled(attempts);
    };
  }

  private static Attempt attempt(Row row, JobId job, int number, String server, String session) {
    String reason = row.getString("reason");
    return new Attempt(
        new Claim(job, number, row.getLong(session)),
        Codes.ending(row.getInteger("ending"), orZero(row, "outcome"), reason),
        row.getString("node"),
        new Where(
            row.getString(server),
            row.getInteger("waited_ms"),
            row.getInteger("ran_ms"),
            row.getInteger("server_load"),
            row.getInteger("server_slots")),
        time(row, "claimed_at"),
        time(row, "ended_at"),
        row.getBuffer("result"),
        origin(row));
  }

  private static @Nullable Origin origin(Row row) {
    UUID job = row.getUUID("origin_job");
    return job == null ? null : new Origin(new JobId(job), row.getInteger("origin_attempt"));
  }

  static JobId job(Row row) {
    return new JobId(row.getUUID("id"));
  }

  private static int orZero(Row row, String column) {
    Integer value = row.getInteger(column);
    return value == null ? 0 : value;
  }

  private static Instant time(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  private static @Nullable Instant timeOrNull(Row row, String column) {
    return row.getOffsetDateTime(column) == null ? null : time(row, column);
  }
}
