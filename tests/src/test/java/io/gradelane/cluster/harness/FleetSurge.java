package io.gradelane.cluster.harness;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;

/** A batch takes the fleet from its fewest hosts to its most, and back. */
final class FleetSurge implements Drill {

  private final int runs;

  FleetSurge(int runs) {
    this.runs = runs;
  }

  @Override
  public String name() {
    return "fleet-surge";
  }

  @Override
  public String says() {
    return "a batch of " + runs + " runs on a fleet of sandbox processes: from one host to "
        + FleetStage.MOST + " and back";
  }

  @Override
  public int often() {
    return 1;
  }

  @Override
  public Sheet run(int times) {
    try (FleetStage stage = FleetStage.open(name(), 1, 1)) {
      Instant began = Instant.now();
      long start = System.nanoTime();
      FleetBatch batch = FleetBatch.submit(stage, runs);
      batch.awaitEnd();
      double ran = seconds(start);
      stage.awaitSettled(1);
      double settled = seconds(start);
      List<JsonObject> samples = stage.history(began);
      draw(stage, samples);
      return new Sheet(name())
          .add(Figure.told("runs", runs, ""))
          .add(Figure.count("without their right answer", batch.wrong(), 0))
          .add(Figure.count(
              "hosts missing of " + FleetStage.MOST + " at the height",
              FleetStage.MOST - mostReady(samples),
              0))
          .add(Figure.count(
              "processes beyond the one host at the end",
              stage.processes().tokens().size() - 1,
              0))
          .add(Figure.told("until all had run", ran, "s"))
          .add(Figure.told("until one host was left", settled, "s"));
    }
  }

  private static void draw(FleetStage stage, List<JsonObject> samples) {
    try {
      Files.writeString(
          stage.file("fleet.svg"), FleetPlot.draw(samples, FleetStage.SLOTS, FleetStage.MOST));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int mostReady(List<JsonObject> samples) {
    return samples.stream()
        .mapToInt(sample -> sample.getJsonObject("hosts").getInteger("ready", 0))
        .max()
        .orElse(0);
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
