package io.gradelane.core.dispatch;

import io.gradelane.core.dispatch.Decision.Believed;
import io.gradelane.core.dispatch.Decision.Granted;
import io.gradelane.core.dispatch.Decision.Refused;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** A dispatcher for tests: time goes when told, decisions are collected, and runs are numbered. */
final class Pool {

  static final LaneSpec EXAM = lane("exam", true, 30);
  static final LaneSpec LIVE = lane("live", true, 20);
  static final LaneSpec BULK = lane("bulk", false, 10);

  final Dispatcher dispatcher;
  final List<Granted> granted = new ArrayList<>();
  final List<Refused> refused = new ArrayList<>();
  final List<Believed> believed = new ArrayList<>();
  final Map<RunId, Granted> permits = new HashMap<>();
  private final Map<RunId, Want> wants = new HashMap<>();
  long now = 1_000_000_000L;
  private int runs;

  Pool(LaneSpec... lanes) {
    this(new PoolRules(List.of(lanes), 1, 0.1));
  }

  Pool(PoolRules rules) {
    dispatcher = new Dispatcher(rules, 7);
  }

  static LaneSpec lane(String name, boolean live, int priority) {
    return new LaneSpec(
        name,
        live,
        priority,
        0,
        LaneSpec.UNLIMITED,
        Duration.ofDays(live ? 1 : 365),
        100_000,
        false);
  }

  static RunId run(int number) {
    return new RunId(new UUID(0x7000L, 0x8000_0000_0000_0000L | number));
  }

  Pool server(String id, int slots) {
    return server(id, slots, Math.max(1, slots / 2));
  }

  Pool server(String id, int slots, int cores) {
    return server(new ServerView(id, slots, cores, 1, 1, true, Set.of("python3")));
  }

  Pool server(ServerView view) {
    dispatcher.server(view, now);
    settle();
    return this;
  }

  WantBuilder a(String lane) {
    return new WantBuilder(run(++runs), lane);
  }

  /** Wants one run in {@code lane} and takes whatever is decided. */
  RunId want(String lane) {
    return want(a(lane));
  }

  RunId want(WantBuilder builder) {
    Want want = builder.build();
    wants.put(want.run(), want);
    dispatcher.want(want, now);
    settle();
    return want.run();
  }

  List<RunId> want(int count, String lane) {
    List<RunId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(want(lane));
    }
    return ids;
  }

  void done(RunId run) {
    done(run, Ending.OK, 1000);
  }

  void done(RunId run, Ending ending, int millis) {
    Granted permit = permits.remove(run);
    if (permit == null) {
      throw new IllegalStateException(run + " has no permit");
    }
    dispatcher.done(run, permit.permit(), ending, millis, now);
    settle();
  }

  void doubt(RunId run) {
    Granted permit = permits.remove(run);
    Want first = wants.get(run);
    if (permit == null || first == null) {
      throw new IllegalStateException(run + " has no permit");
    }
    WantBuilder quiet =
        new WantBuilder(run, first.lane()).attempt(first.attempt() + 1).quiet();
    wants.put(run, quiet.build());
    dispatcher.doubt(run, permit.permit(), 1000, quiet.build(), now);
    settle();
  }

  void pass(Duration time) {
    long until = now + time.toNanos();
    while (dispatcher.nextTickAt() <= until) {
      now = Math.max(now, dispatcher.nextTickAt());
      dispatcher.tick(now);
      settle();
    }
    now = until;
    dispatcher.tick(now);
    settle();
  }

  void settle() {
    for (Decision next = dispatcher.next(now); next != null; next = dispatcher.next(now)) {
      switch (next) {
        case Granted grant -> {
          granted.add(grant);
          permits.put(grant.run(), grant);
        }
        case Refused refusal -> refused.add(refusal);
        case Believed belief -> believed.add(belief);
      }
    }
  }

  boolean runs(RunId run) {
    return permits.containsKey(run);
  }

  String serverOf(RunId run) {
    Granted permit = permits.get(run);
    return permit == null ? "" : permit.server();
  }

  List<RunId> order() {
    return granted.stream().map(Granted::run).toList();
  }

  Refusal refusalOf(RunId run) {
    return refused.stream()
        .filter(refusal -> refusal.run().equals(run))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  /** The tenants of the grants from number {@code from} on, with commas. */
  String tenantsOf(int from) {
    return String.join(
        ",",
        granted.stream()
            .skip(from)
            .map(grant -> wants.get(grant.run()))
            .filter(Objects::nonNull)
            .map(Want::tenant)
            .toList());
  }

  int inUse(String lane) {
    return dispatcher.view(now).lanes().stream()
        .filter(view -> view.spec().name().equals(lane))
        .findFirst()
        .orElseThrow()
        .inUse();
  }

  PoolView.Counters counters() {
    return dispatcher.view(now).counters();
  }
}
