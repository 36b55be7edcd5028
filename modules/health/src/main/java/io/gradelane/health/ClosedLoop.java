package io.gradelane.health;

import io.gradelane.core.run.Outcome;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.health.Calibration.Options;
import io.gradelane.health.Calibration.Step;
import io.gradelane.jobe.client.CallContext;
import io.gradelane.jobe.client.JobeClient;
import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.RunResult;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** Keeps a number of runs in flight on a server: as soon as one has ended, the next is sent. */
final class ClosedLoop {

  private static final long NANOS = 1_000_000_000L;

  /** Each place of a step sees so many runs at least, be the time up or not. */
  private static final int ROUNDS = 3;

  enum End {
    RIGHT,
    REFUSED,
    WRONG
  }

  /**
   * One run.
   *
   * @param place which of those in flight it was
   * @param endedNanos since the step began
   */
  record Sample(int place, long endedNanos, int millis, End end) {}

  private final JobeClient client;
  private final ServerSpec server;
  private final ProbeProgram program;
  private final Options options;
  private final LongSupplier ticker;

  ClosedLoop(
      JobeClient client,
      ServerSpec server,
      ProbeProgram program,
      Options options,
      LongSupplier ticker) {
    this.client = client;
    this.server = server;
    this.program = program;
    this.options = options;
    this.ticker = ticker;
  }

  /** One run that counts for nothing: the first one of a server is slow. */
  Future<Void> warm() {
    return one(0, ticker.getAsLong(), new ArrayList<>());
  }

  Future<Step> run(int inFlight) {
    List<Sample> samples = new ArrayList<>();
    long begun = ticker.getAsLong();
    return Future.all(IntStream.range(0, inFlight)
            .mapToObj(place -> keepBusy(place, 1, begun, samples))
            .toList())
        .map(done -> step(inFlight, samples));
  }

  private Future<Void> keepBusy(int place, int round, long begun, List<Sample> samples) {
    return one(place, begun, samples).compose(ended -> {
      Sample last = samples.getLast();
      boolean more = round < ROUNDS || last.endedNanos < options.perStep().toNanos();
      return more && last.end == End.RIGHT
          ? keepBusy(place, round + 1, begun, samples)
          : Future.succeededFuture();
    });
  }

  private Future<Void> one(int place, long begun, List<Sample> samples) {
    long sent = ticker.getAsLong();
    return client
        .run(server, program.body(), CallContext.of("calibration"), options.timeout())
        .transform(answer -> {
          long now = ticker.getAsLong();
          int millis = (int) ((now - sent) * 1000 / NANOS);
          samples.add(new Sample(place, now - begun, millis, end(answer)));
          return Future.succeededFuture();
        });
  }

  private static End end(AsyncResult<JobeReply> answer) {
    if (answer.failed() || answer.result().status() != 200) {
      return End.WRONG;
    }
    Optional<RunResult> result = RunResult.parse(answer.result().body());
    if (result.isPresent() && result.get().outcome() == Outcome.OVERLOAD) {
      return End.REFUSED;
    }
    return result.filter(ProbeProgram::isRight).isPresent() ? End.RIGHT : End.WRONG;
  }

  static Step step(int inFlight, List<Sample> samples) {
    List<Integer> millis = samples.stream()
        .filter(sample -> sample.end == End.RIGHT)
        .map(Sample::millis)
        .sorted()
        .toList();
    return new Step(
        inFlight,
        millis.size(),
        count(samples, End.REFUSED),
        count(samples, End.WRONG),
        perSecond(inFlight, samples),
        quantile(millis, 0.5),
        quantile(millis, 0.95));
  }

  private static int count(List<Sample> samples, End end) {
    return (int) samples.stream().filter(sample -> sample.end == end).count();
  }

  /** The sum of each place's own rate, so it does not matter that places fall empty one after the other. */
  private static double perSecond(int inFlight, List<Sample> samples) {
    return IntStream.range(0, inFlight)
        .mapToDouble(place ->
            perSecond(samples.stream().filter(sample -> sample.place == place).toList()))
        .sum();
  }

  private static double perSecond(List<Sample> ofOnePlace) {
    long right = ofOnePlace.stream().filter(sample -> sample.end == End.RIGHT).count();
    long nanos = ofOnePlace.stream().mapToLong(Sample::endedNanos).max().orElse(0);
    return nanos == 0 ? 0 : (double) right * NANOS / nanos;
  }

  private static int quantile(List<Integer> sorted, double share) {
    if (sorted.isEmpty()) {
      return 0;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return sorted.get(Math.max(0, index));
  }
}
