package io.gradelane.core.fleet;

import io.gradelane.core.fleet.FleetRules.Times;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One pass of the planner in the making: what it sees, and what it answers. */
final class Pass {

  static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  private FleetRules rules = rules(Scaling.AUTO, 1, 10);
  private final List<Host> hosts = new ArrayList<>();
  private final List<Listed> listed = new ArrayList<>();
  private final Map<HostId, HostUse> uses = new HashMap<>();
  private final Set<HostId> answering = new HashSet<>();
  private final AtomicInteger names = new AtomicInteger();
  private Memory memory = Memory.NONE.with(settled(0));
  private @Nullable Load load = new Load(0, 0);
  private boolean listingFails;
  private boolean poolFails;

  static FleetRules rules(Scaling scaling, int min, int max) {
    return new FleetRules(
        scaling,
        min,
        max,
        4,
        List.of(new CapacityRule.Linear(1)),
        Duration.ofMinutes(5),
        20,
        Times.USUAL);
  }

  /** For the whole time of the hold so many hosts were wanted. */
  static Desires settled(int wanted) {
    return new Desires(NOW.minusSeconds(3600), wanted, List.of());
  }

  Pass rules(FleetRules newRules) {
    rules = newRules;
    return this;
  }

  /** A load that takes so many hosts. */
  Pass wants(int count) {
    load = new Load(count * 4, 0);
    return this;
  }

  Pass loadUnknown() {
    load = null;
    return this;
  }

  Pass remembers(UnaryOperator<Memory> change) {
    memory = change.apply(memory);
    return this;
  }

  /** A host of the table, {@code age} seconds in this state, that the provider lists. */
  Pass has(String id, HostState state) {
    return knows(id, state).lists("i-" + id, id);
  }

  /** A host of the table alone. */
  Pass knows(String id, HostState state) {
    hosts.add(Host.born(new HostId(id), "i-" + id, "http://i-" + id, state));
    return this;
  }

  /** A row whose launch nobody has confirmed. */
  Pass intends(String id, HostState state) {
    hosts.add(Host.born(new HostId(id), "", "", state));
    return this;
  }

  Pass lists(String ref, String token) {
    listed.add(new Listed(ref, token, "http://" + ref, Condition.SOUND));
    return this;
  }

  Pass listsBroken(String ref, String token) {
    listed.add(new Listed(ref, token, "", Condition.BROKEN));
    return this;
  }

  Pass listsEnded(String ref, String token) {
    listed.add(new Listed(ref, token, "", Condition.ENDED));
    return this;
  }

  Pass listingFails() {
    listingFails = true;
    return this;
  }

  Pass pooled(String id, boolean closed, int inUse) {
    uses.put(new HostId(id), new HostUse(closed, inUse, null));
    return this;
  }

  Pass down(String id, int seconds) {
    uses.put(new HostId(id), new HostUse(false, 0, NOW.minusSeconds(seconds)));
    return this;
  }

  Pass poolFails() {
    poolFails = true;
    return this;
  }

  Pass answers(String id) {
    answering.add(new HostId(id));
    return this;
  }

  FleetPlan plan() {
    Listing listing = listingFails ? new Listing.Failed("throttled") : new Listing.Complete(listed);
    FleetView view = new FleetView(
        new Outlook(NOW, Optional.ofNullable(load), List.of()),
        hosts,
        listing,
        poolFails ? Optional.empty() : Optional.of(uses),
        answering);
    return new FleetPlanner(rules, () -> new HostId("new" + names.incrementAndGet()))
        .plan(view, memory);
  }

  /** The actions of the plan, one a line. */
  List<String> actions() {
    return plan().actions().stream().map(Pass::line).toList();
  }

  private static String line(FleetAction action) {
    return switch (action) {
      case FleetAction.Insert insert ->
        "insert " + insert.id() + " " + insert.host().state().word();
      case FleetAction.Replace replace -> {
        String before = replace.before().state().word();
        String after = replace.after().state().word();
        yield before.equals(after)
            ? "locate " + replace.id() + " " + replace.after().ref()
            : before + " " + replace.id() + " " + after;
      }
      case FleetAction.Launch launch -> "launch " + launch.id();
      case FleetAction.Terminate terminate -> "terminate " + terminate.id();
      case FleetAction.Join join -> "join " + join.id();
      case FleetAction.Close close -> "close " + close.id();
      case FleetAction.Leave leave -> "leave " + leave.id();
    };
  }
}
