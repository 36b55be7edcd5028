package io.gradelane.launcher;

import io.gradelane.core.run.Outcome;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.RunResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongSupplier;

/** Keeps so many runs in flight on one server for some seconds, and counts. Used on one context. */
final class LoadLevel {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String ANSWER = "42\n";

  private final JobeClient client;
  private final ServerSpec server;
  private final Buffer body;
  private final Context context;
  private final LongSupplier nanos;
  private final int inFlight;
  private final Promise<Calibration.Level> done = Promise.promise();
  private final List<Long> millis = new ArrayList<>();
  private int busy;
  private int refused;
  private int failed;
  private long began;
  private long until;

  LoadLevel(
      JobeClient client,
      ServerSpec server,
      Buffer body,
      Context context,
      LongSupplier nanos,
      int inFlight) {
    this.client = client;
    this.server = server;
    this.body = body;
    this.context = context;
    this.nanos = nanos;
    this.inFlight = inFlight;
  }

  /** Never fails: what goes wrong is counted. */
  Future<Calibration.Level> keepUp(Duration time) {
    began = nanos.getAsLong();
    until = began + time.toNanos();
    busy = inFlight;
    for (int i = 0; i < inFlight; i++) {
      next();
    }
    return done.future();
  }

  private void next() {
    if (nanos.getAsLong() < until) {
      long sent = nanos.getAsLong();
      client
          .run(server, body, CallContext.of("calibrate"), TIMEOUT)
          .onSuccess(reply -> count(reply, sent))
          .onFailure(lost -> failed++)
          .onComplete(any -> context.runOnContext(turn -> next()));
    } else if (--busy == 0) {
      done.complete(level());
    }
  }

  private void count(JobeReply reply, long sent) {
    RunResult result = reply.status() == 200 ? RunResult.parse(reply.body()).orElse(null) : null;
    if (result != null && result.outcome() == Outcome.OVERLOAD) {
      refused++;
    } else if (result != null && result.stdout().equals(ANSWER)) {
      millis.add((nanos.getAsLong() - sent) / 1_000_000);
    } else {
      failed++;
    }
  }

  private Calibration.Level level() {
    double seconds = (nanos.getAsLong() - began) / 1e9;
    Collections.sort(millis);
    return new Calibration.Level(
        inFlight, millis.size() / seconds, percentile(50), percentile(95), refused, failed);
  }

  private long percentile(int percent) {
    return millis.isEmpty() ? 0 : millis.get((millis.size() - 1) * percent / 100);
  }
}
