package io.gradelane.api.v1;

import io.gradelane.api.access.LaneBook;
import io.gradelane.api.hooks.HookRules;
import io.gradelane.api.submit.Bodies;
import io.gradelane.api.submit.HeadReader;
import io.gradelane.api.submit.Submission;
import io.gradelane.api.submit.Uploads;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Takes in what is submitted, as one body or line by line. */
record Intakes(Bodies bodies, Uploads uploads, long maxBodyBytes) {

  /** Names that are used for one and the same thing. */
  private static final List<String> LINE_BY_LINE =
      List.of("application/x-ndjson", "application/ndjson", "application/jsonl");

  static Intakes of(
      Vertx vertx, Settings settings, LaneBook lanes, HookRules hooks, InstantSource clock) {
    HeadReader heads = new HeadReader(lanes, hooks, clock);
    long maxBody = settings.http().maxBodyBytes();
    return new Intakes(
        new Bodies(vertx, heads),
        new Uploads(vertx, heads, settings.dataDir(), settings.jobs().maxUploadBytes(), maxBody),
        maxBody);
  }

  /** To be called on the turn on which the call came in. Fails as {@link Uploads#receive}. */
  Future<Submission> batch(Call call) {
    return isLineByLine(call)
        ? uploads.receive(call.exchange(), call.tenant())
        : whole(call, body -> bodies.batch(call.tenant(), body));
  }

  /** To be called on the turn on which the call came in. */
  Future<Submission> job(Call call) {
    return whole(call, body -> bodies.job(call.tenant(), body));
  }

  private Future<Submission> whole(Call call, Function<Buffer, Future<Submission>> reading) {
    Promise<Submission> read = Promise.promise();
    call.exchange().readBody(maxBodyBytes, body -> reading.apply(body).onComplete(read));
    return read.future();
  }

  private static boolean isLineByLine(Call call) {
    String type = call.exchange().header(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return LINE_BY_LINE.contains(plain);
  }
}
