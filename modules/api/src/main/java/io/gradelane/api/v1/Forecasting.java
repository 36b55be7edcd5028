package io.gradelane.api.v1;

import io.gradelane.api.journey.RunJourney;
import io.gradelane.api.submit.Submission;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.LaneRoom;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.Forecast;
import io.gradelane.core.job.Forecast.Part;
import io.gradelane.core.job.Forecast.Room;
import io.gradelane.store.jobs.Batch;
import io.gradelane.store.jobs.JobStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** {@code POST /api/v1/batches?dryRun=true}: what a batch would take, if it was submitted now. Keeps nothing. */
final class Forecasting {

  private final Dispatch dispatch;
  private final ServerMap servers;
  private final RunJourney runs;

  Forecasting(Dispatch dispatch, ServerMap servers, RunJourney runs) {
    this.dispatch = dispatch;
    this.servers = servers;
    this.runs = runs;
  }

  void answer(Call call, JobStore store, Submission read) {
    JobDesk.answer(
        call,
        store.batches().open().eventually(read::discard),
        open -> dispatch.ask(call, new PoolQuestion.View(), answer -> {
          PoolView view = ((PoolAnswer.Viewed) answer).view();
          call.answer(200, forecast(read, open, view).json());
        }));
  }

  private ForecastJson forecast(Submission read, List<Batch> open, PoolView view) {
    BatchControl control = read.head().control();
    List<Part> parts = read.runs().entrySet().stream()
        .map(this::part)
        .sorted((one, other) -> other.runs() - one.runs())
        .toList();
    int ahead = ahead(open, control);
    int slots = LaneRoom.slots(view, control.lane());
    Forecast forecast = Forecast.of(parts, new Room(slots, (long) ahead * mean(parts)));
    List<String> guessed = parts.stream()
        .map(Part::language)
        .filter(language -> learned(language).isEmpty())
        .toList();
    return new ForecastJson(read.head(), parts, forecast, view, slots, ahead, guessed);
  }

  private Part part(Map.Entry<String, Integer> language) {
    int each = learned(language.getKey()).orElse(RunJourney.guessedMillis());
    return new Part(language.getKey(), language.getValue(), each, slots(language.getKey()));
  }

  private OptionalInt learned(String language) {
    return runs.learnedMillis(language.toLowerCase(Locale.ROOT));
  }

  private int slots(String language) {
    String id = language.toLowerCase(Locale.ROOT);
    return servers.snapshot().values().stream()
        .filter(server -> server.state().grantable() && server.languages().containsKey(id))
        .mapToInt(server -> server.spec().slots())
        .sum();
  }

  /** Jobs of the lane that go first: of batches that are older, or have a higher priority, and may start. */
  private static int ahead(List<Batch> open, BatchControl control) {
    return open.stream()
        .filter(batch -> batch.control().lane().equals(control.lane()))
        .filter(batch -> batch.control().priority() >= control.priority())
        .mapToInt(Forecasting::mayRun)
        .sum();
  }

  private static int mayRun(Batch batch) {
    BatchControl control = batch.control();
    if (control.paused() != null || control.cancelled() || control.notBefore() != null) {
      return 0;
    }
    int sample = Math.max(0, control.upTo() - batch.progress().ended());
    return Math.min(batch.progress().left(), sample);
  }

  private static int mean(List<Part> parts) {
    long runs = parts.stream().mapToLong(Part::runs).sum();
    long millis =
        parts.stream().mapToLong(part -> (long) part.runs() * part.eachMillis()).sum();
    return runs == 0 ? 0 : (int) (millis / runs);
  }
}
