package io.gradelane.api.v1;

import io.gradelane.api.submit.Head;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.job.BatchControl;
import io.gradelane.core.job.Forecast;
import io.gradelane.core.job.Forecast.Part;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A forecast as JSON, with all that was assumed, in words. Times are in seconds and minutes; null is never.
 *
 * @param slots that the batch may have at once
 * @param ahead jobs that go before it in its lane
 * @param guessed languages of which no run has been seen here
 */
record ForecastJson(
    Head head,
    List<Part> parts,
    Forecast forecast,
    PoolView view,
    int slots,
    int ahead,
    List<String> guessed) {

  private static final double SECOND = 1000;
  private static final double MINUTE = 60_000;

  JsonObject json() {
    return new JsonObject()
        .put("dryRun", true)
        .put("name", head.name())
        .put("lane", head.control().lane())
        .put("runs", forecast.runs() + forecast.unrunnable())
        .put("unrunnable", forecast.unrunnable())
        .put("slotSeconds", rounded(forecast.slotMillis(), SECOND))
        .put("languages", languages())
        .put("slots", room())
        .put("ahead", ahead)
        .put("waitMinutes", rounded(forecast.waitMillis(), MINUTE))
        .put("runMinutes", rounded(forecast.lastMillis(), MINUTE))
        .put("minutes", minutes())
        .put("liveLanes", liveLanes())
        .put("assumed", assumed());
  }

  private JsonArray languages() {
    JsonArray all = new JsonArray();
    parts.forEach(part -> all.add(new JsonObject()
        .put("language", part.language())
        .put("runs", part.runs())
        .put("secondsEach", part.eachMillis() / SECOND)
        .put("learned", !guessed.contains(part.language()))
        .put("slots", part.slots())));
    return all;
  }

  private JsonObject room() {
    return new JsonObject()
        .put("pool", view.slots())
        .put("reserve", view.reserve())
        .put("usable", slots);
  }

  private @Nullable Double minutes() {
    return forecast.lastMillis() == Forecast.NEVER
        ? null
        : rounded(forecast.waitMillis() + forecast.lastMillis(), MINUTE);
  }

  private static @Nullable Double rounded(long millis, double unit) {
    return millis == Forecast.NEVER ? null : Math.round(millis / unit * 100) / 100.0;
  }

  /** What somebody who sits and waits will notice. */
  private JsonObject liveLanes() {
    JsonObject json = new JsonObject();
    if (isLive()) {
      return json.put("addedSeconds", rounded(forecast.lastMillis(), SECOND))
          .put(
              "words",
              "The lane " + head.control().lane()
                  + " is live itself: its other runs share its slots"
                  + " with the batch, and lanes of a lower priority wait until it is done");
    }
    return json.put("addedSeconds", rounded(forecast.nextSlotMillis(), SECOND))
        .put(
            "words",
            view.reserve() + " of " + view.slots() + " slots stay free of it. A live run that finds"
                + " none of them free waits until the next run of the batch ends, and goes first");
  }

  private boolean isLive() {
    return view.lanes().stream()
        .map(LaneView::spec)
        .anyMatch(lane -> lane.live() && lane.name().equals(head.control().lane()));
  }

  private JsonArray assumed() {
    JsonArray all = new JsonArray()
        .add("A run takes what runs of its language have taken in the mean on this node")
        .add("Slots, reserve and servers stay as they are now, and live lanes as busy as they are")
        .add("What is ahead in the lane takes as long a run as this batch");
    if (!guessed.isEmpty()) {
      all.add("Nothing is known yet of " + String.join(", ", guessed)
          + ": half a second a run is a guess");
    }
    BatchControl control = head.control();
    if (control.upTo() != BatchControl.ALL
        || control.paused() != null
        || control.notBefore() != null) {
      all.add("The batch starts at once and is not stopped at its sample");
    }
    if (slots == 0) {
      all.add("The lane has no slot now: it is paused, or no server takes runs");
    }
    return all;
  }
}
