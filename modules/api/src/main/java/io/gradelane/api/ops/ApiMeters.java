package io.gradelane.api.ops;

import io.micrometer.core.instrument.Meter;

/** Every meter of this room. Prometheus adds {@code _total} to counters and {@code _seconds} to timers. */
public enum ApiMeters {
  RUN_WAIT(
      "gradelane.run.wait", Meter.Type.TIMER, "How long runs waited in their lane before a slot"),
  RUN_DURATION("gradelane.run.duration", Meter.Type.TIMER, "How long servers took for runs"),
  RUNS(
      "gradelane.runs",
      Meter.Type.COUNTER,
      "Runs answered, by Jobe's outcome or by the word for its absence"),
  RETRIES(
      "gradelane.retries",
      Meter.Type.COUNTER,
      "Runs sent to another server, by what happened on the first"),
  DOUBTED(
      "gradelane.runs.doubted",
      Meter.Type.COUNTER,
      "Verdicts that load may have caused, by what came of them"),
  SERVER_FAULTS(
      "gradelane.server.faults", Meter.Type.COUNTER, "Servers' failures dressed as verdicts"),
  JOBS_LEFT(
      "gradelane.jobs.left",
      Meter.Type.GAUGE,
      "Jobs of open batches that have not ended, of the whole pool"),
  JOBS_RUNNING("gradelane.jobs.running", Meter.Type.GAUGE, "Jobs that run on this node"),
  JOBS_ENDED(
      "gradelane.jobs.ended",
      Meter.Type.COUNTER,
      "Attempts at jobs that were kept, by the state of the job then: waiting means once more"),
  JOBS_CLAIMS("gradelane.jobs.claims", Meter.Type.COUNTER, "Jobs claimed, or not to be had"),
  JOBS_GROUP(
      "gradelane.jobs.group",
      Meter.Type.DISTRIBUTION_SUMMARY,
      "How many jobs one statement claimed or finished"),
  JOBS_SPOOL(
      "gradelane.jobs.spool.bytes",
      Meter.Type.GAUGE,
      "Results of jobs that wait in memory to be kept"),
  JOBS_RESCUED("gradelane.jobs.rescued", Meter.Type.COUNTER, "Jobs taken back from dead nodes"),
  RECORDS_KEPT("gradelane.records.kept", Meter.Type.COUNTER, "Records of runs that were kept"),
  RECORDS_DROPPED(
      "gradelane.records.dropped",
      Meter.Type.COUNTER,
      "Records of runs that were never kept: the database was away, or too slow"),
  RECORDS_WAITING(
      "gradelane.records.waiting", Meter.Type.GAUGE, "Records of runs that wait to be kept"),
  WEBHOOKS(
      "gradelane.webhooks",
      Meter.Type.COUNTER,
      "Tries to tell webhooks what has ended, by what came of them"),
  CACHE(
      "gradelane.jobs.cache",
      Meter.Type.COUNTER,
      "Jobs whose result was looked for among those that are known, by whether it was there"),
  EVENT_LOOP_LAG(
      "gradelane.eventloop.lag",
      Meter.Type.TIMER,
      "How late a timer of the API's event loops fired"),
  CONNECTIONS("gradelane.http.connections", Meter.Type.GAUGE, "Open client connections"),
  WATCHERS("gradelane.watchers", Meter.Type.GAUGE, "Open streams of events, SSE and WebSocket"),
  BUILD_INFO("gradelane.build.info", Meter.Type.GAUGE, "1, labelled with the version that runs");

  private final String meter;
  private final Meter.Type type;
  private final String help;

  ApiMeters(String meter, Meter.Type type, String help) {
    this.meter = meter;
    this.type = type;
    this.help = help;
  }

  /** Micrometer's name for it, with dots. */
  public String meter() {
    return meter;
  }

  public Meter.Type type() {
    return type;
  }

  public String help() {
    return help;
  }
}
