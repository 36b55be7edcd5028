package io.gradelane.dispatch;

import io.gradelane.bus.Listening;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.Counters;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.dispatch.PoolView.ServerUse;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.Stance;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The pool's meters, read from the last {@link PoolView} that was shown: as old as a second.
 *
 * <p>{@link #show} is called on the dispatcher's context, the gauges are read on whatever thread scrapes.
 */
final class DispatchMeters {

  /** What a node shows that does not dispatch. */
  static final PoolView NOTHING = new PoolView(
      List.of(), List.of(), 0, 0, 0, 0, new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));

  private final MeterRegistry registry;
  private final Set<String> known = new HashSet<>();

  private volatile PoolView latest = NOTHING;
  private volatile Stance stance = new Stance.Following(Term.NONE, 0, null);
  private final Counter differences;

  DispatchMeters(MeterRegistry registry) {
    this.registry = registry;
    gauge("pool.slots", "Slots that may be granted now", PoolView::slots);
    gauge(
        "pool.reserve", "Slots that lanes which are not live must leave alone", PoolView::reserve);
    gauge(
        "pool.quarantined",
        "Permits of lost runs whose deadline has not come",
        PoolView::quarantined);
    counter("permits.granted", "Permits given out", Counters::granted);
    counter("runs.refused", "Runs refused by the dispatcher", Counters::refused);
    counter("runs.expired", "Runs whose patience ended in their lane", Counters::expired);
    counter(
        "runs.cancelled",
        "Runs that left their lane because their caller had gone",
        Counters::cancelled);
    counter("verdicts.doubted", "Verdicts that may have been due to load", Counters::doubted);
    counter(
        "verdicts.believed",
        "Doubted verdicts whose server was not above its cores",
        Counters::believed);
    counter(
        "verdicts.rerun",
        "Doubted verdicts that were looked at once more, quietly",
        Counters::rerunQuiet);
    counter(
        "verdicts.unlooked",
        "Doubted verdicts refused because the budget was spent",
        Counters::unlooked);
    counter("permits.stale", "Endings of permits that nobody holds", Counters::staleDones);
    counter("permits.lost", "Permits that were lost and quarantined", Counters::lost);
    Gauge.builder("gradelane.pool.term", () -> stance.term().number())
        .description("The number of the dispatcher's term, as this node knows it")
        .register(registry);
    Gauge.builder("gradelane.pool.owned", () -> stance instanceof Stance.Owning ? 1 : 0)
        .description("Whether this node dispatches")
        .register(registry);
    FunctionCounter.builder("gradelane.bus.refused", this, me -> Listening.refused())
        .description("Messages of another build that this one does not know")
        .register(registry);
    differences = Counter.builder("gradelane.pool.differences")
        .description("Reports asked for because a node held something else than it should")
        .register(registry);
    counter("limits.lowered", "Times that a server's learned limit was lowered", Counters::lowered);
  }

  /** Makes {@code view} what the meters say from now on. */
  void show(PoolView view) {
    latest = view;
    view.lanes().forEach(lane -> meet(lane.spec().name()));
    view.servers().forEach(server -> meetServer(server.id()));
  }

  void show(Stance next) {
    stance = next;
  }

  void countDifference() {
    differences.increment();
  }

  private void meet(String lane) {
    if (known.add("lane " + lane)) {
      laneGauge(lane, "lane.depth", "Runs waiting", LaneView::depth);
      laneGauge(lane, "lane.in.use", "Slots in use by the lane", LaneView::inUse);
      laneGauge(
          lane,
          "lane.oldest.age.seconds",
          "How long the oldest waiting run has waited",
          view -> view.oldestMillis() / 1000.0);
    }
  }

  private void meetServer(String server) {
    if (known.add("server " + server)) {
      serverGauge(
          server, "server.in.use", "Permits out, quarantined ones included", ServerUse::inUse);
      serverGauge(server, "server.limit", "Most permits now, as learned", ServerUse::limit);
    }
  }

  private void gauge(String name, String help, ToDoubleFunction<PoolView> value) {
    Gauge.builder("gradelane." + name, () -> value.applyAsDouble(latest))
        .description(help)
        .register(registry);
  }

  private void counter(String name, String help, ToLongFunction<Counters> value) {
    FunctionCounter.builder(
            "gradelane." + name, this, me -> value.applyAsLong(me.latest.counters()))
        .description(help)
        .register(registry);
  }

  private void laneGauge(String lane, String name, String help, ToDoubleFunction<LaneView> value) {
    Gauge.builder(
            "gradelane." + name,
            () -> latest.lanes().stream()
                .filter(view -> view.spec().name().equals(lane))
                .mapToDouble(value)
                .sum())
        .description(help)
        .tags(Tags.of("lane", lane))
        .register(registry);
  }

  private void serverGauge(
      String server, String name, String help, ToDoubleFunction<ServerUse> value) {
    Gauge.builder(
            "gradelane." + name,
            () -> latest.servers().stream()
                .filter(use -> use.id().equals(server))
                .mapToDouble(value)
                .sum())
        .description(help)
        .tags(Tags.of("server", server))
        .register(registry);
  }
}
