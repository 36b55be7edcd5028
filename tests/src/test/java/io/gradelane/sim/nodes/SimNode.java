package io.gradelane.sim.nodes;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.ServerView;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.ownership.Effect;
import io.gradelane.core.ownership.LaneBook;
import io.gradelane.core.ownership.Part;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.ownership.PoolNode;
import io.gradelane.core.ownership.PoolSettings;
import io.gradelane.core.ownership.Stance;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.gradelane.sim.nodes.Encounters.Met;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One node with its callers. */
final class SimNode implements PoolSettings {

  private static final class Run {
    Want want;
    boolean running;

    Run(Want want) {
      this.want = want;
    }
  }

  final String name;
  final LaneBook lanes;
  final PoolNode node;
  private final Cluster cluster;
  private final long offset;
  private final Map<RunId, Run> runs = new HashMap<>();

  /** What arrives while it is frozen. */
  private final List<Runnable> backlog = new ArrayList<>();

  boolean alive = true;
  boolean frozen;
  boolean leaving;
  Set<String> members = new HashSet<>();

  /** When the last beat that it heard was sent; −1 if it has heard none. */
  long lastBeat = -1;

  private @Nullable Long stoppedClock;

  SimNode(String name, Cluster cluster, long offset) {
    this.name = name;
    this.cluster = cluster;
    this.offset = offset;
    this.lanes = new LaneBook(Cluster.LANES);
    this.node = new PoolNode("main", name, lanes, this);
  }

  void begin(Set<String> seen) {
    members = seen;
    act(() -> node.begin(seen, now()));
    tick();
  }

  long now() {
    return stoppedClock != null ? stoppedClock : cluster.now() + offset;
  }

  void stopClock(boolean stop) {
    stoppedClock = stop ? now() : null;
  }

  int open() {
    return runs.size();
  }

  boolean owns() {
    return alive && node.stance() instanceof Stance.Owning;
  }

  /** Does something now, or when it thaws; nothing if it is dead. */
  void act(Runnable what) {
    if (!alive) {
      return;
    }
    if (frozen) {
      backlog.add(what);
      return;
    }
    boolean owned = owns();
    what.run();
    Dispatcher dispatcher = node.dispatcher();
    if (!owned && owns() && dispatcher != null) {
      cluster.begins(this, dispatcher);
    }
    turn();
  }

  void thaw() {
    frozen = false;
    cluster.truth.thawed(cluster.now());
    List<Runnable> late = List.copyOf(backlog);
    backlog.clear();
    late.forEach(this::act);
  }

  private void tick() {
    act(() -> node.tick(now()));
    if (alive) {
      cluster.at(50, () -> {
        if (!frozen) {
          tick();
        } else {
          act(this::tick);
        }
      });
    }
  }

  private void turn() {
    do {
      for (Effect effect : node.turn(64, now())) {
        switch (effect) {
          case Effect.Send send -> {
            note(send.message());
            cluster.send(this, send.node(), send.message());
          }
          case Effect.Answer answer -> answered(answer.decision());
          case Effect.Changed changed -> cluster.changed(this, changed.stance());
          case Effect.Differed differed -> cluster.encounters.met(Met.DIFFERED);
        }
      }
    } while (node.more());
    cluster.acted(this);
  }

  private void note(PeerMessage message) {
    if (message instanceof PeerMessage.Ruled ruled) {
      for (PeerMessage.NumberedDecision each : ruled.decisions()) {
        if (each.decision() instanceof Decision.Granted granted) {
          cluster.truth.told.computeIfAbsent(
              granted.permit(), permit -> new Truth.Told(granted.server(), cluster.now()));
        }
      }
    }
  }

  void hear(PeerMessage message, long sentAt) {
    act(() -> {
      boolean stale = message instanceof PeerMessage.Ruled ruled
          && ruled.term().compareTo(node.stance().term()) < 0
          && ruled.decisions().stream()
              .anyMatch(each -> each.decision() instanceof Decision.Granted);
      if (stale) {
        cluster.encounters.met(Met.STALE_GRANT_REFUSED);
      }
      node.hear(message, now());
      if (message instanceof PeerMessage.Beat beat
          && beat.term().equals(node.stance().term())) {
        lastBeat = sentAt;
      }
      if (message instanceof PeerMessage.Handover) {
        lastBeat = Math.max(lastBeat, sentAt);
      }
    });
  }

  void submit(Want want) {
    runs.put(want.run(), new Run(want));
    act(() -> node.tell("a", new Telling.Wanted(want), now()));
  }

  void cancel(RunId id) {
    Run run = runs.get(id);
    if (run != null && !run.running && !frozen && alive) {
      runs.remove(id);
      cluster.encounters.met(Met.CANCELLED);
      act(() -> node.tell("a", new Telling.Cancelled(id), now()));
    }
  }

  private void answered(Decision decision) {
    Run run = runs.get(decision.run());
    if (run == null || run.running) {
      throw new AssertionError(name + " got " + decision + " for a run that does not wait");
    }
    cluster.say(name + " " + decision);
    switch (decision) {
      case Decision.Granted granted -> start(run, granted);
      case Decision.Refused refused -> runs.remove(refused.run());
      case Decision.Believed believed -> {
        cluster.encounters.met(Met.BELIEVED);
        runs.remove(believed.run());
      }
    }
  }

  private void start(Run run, Decision.Granted granted) {
    Want want = run.want;
    PermitId permit = granted.permit();
    run.running = true;
    cluster.encounters.met(Met.GRANTS);
    if (!owns()) {
      cluster.encounters.met(Met.GRANTS_ACROSS);
    }
    cluster.truth.told.computeIfAbsent(
        permit, any -> new Truth.Told(granted.server(), cluster.now()));
    int chance = cluster.random.nextInt(100);
    cluster.truth.starts(
        new Truth.Attempt(want.run(), want.attempt()), permit, granted.server(), cluster.now());
    if (chance < 3) {
      cluster.truth.ends(permit, granted.server());
      cluster.at(1, () -> end(run, permit, granted.server(), Ending.REFUSED));
      return;
    }
    cluster.at(want.costMillis(), () -> cluster.truth.ends(permit, granted.server()));
    if (chance < 6) {
      cluster.at(
          cluster.random.nextInt(want.costMillis()),
          () -> end(run, permit, granted.server(), Ending.LOST));
    } else if (chance < 9 && !want.quiet()) {
      cluster.at(want.costMillis(), () -> doubt(run, permit, granted.server()));
    } else {
      cluster.at(want.costMillis(), () -> end(run, permit, granted.server(), Ending.OK));
    }
  }

  private void end(Run run, PermitId permit, String server, Ending ending) {
    act(() -> {
      runs.remove(run.want.run());
      rid(permit, server, ending);
      node.tell(
          "a", new Telling.Done(run.want.run(), permit, ending, run.want.costMillis()), now());
      if (ending != Ending.OK && run.want.attempt() < 4) {
        cluster.encounters.met(Met.RETRIED);
        Run next = new Run(cluster.again(run.want, false));
        runs.put(run.want.run(), next);
        node.tell("a", new Telling.Wanted(next.want), now());
      }
    });
  }

  private void doubt(Run run, PermitId permit, String server) {
    act(() -> {
      cluster.encounters.met(Met.DOUBTED);
      rid(permit, server, Ending.OK);
      Want want = run.want;
      run.want = cluster.again(want, true);
      run.running = false;
      node.tell("a", new Telling.Doubted(want.run(), permit, want.costMillis(), run.want), now());
    });
  }

  private void rid(PermitId permit, String server, Ending ending) {
    Truth.Told told = cluster.truth.told.get(permit);
    if (told != null) {
      told.ended = cluster.now();
    }
    if (ending == Ending.LOST) {
      cluster.encounters.met(Met.RUN_LOST);
      cluster.truth.unsaid(server, cluster.now());
    } else if (ending == Ending.REFUSED) {
      cluster.encounters.met(Met.RUN_REFUSED);
    }
  }

  @Override
  public Dispatcher open(Term term, long now) {
    Dispatcher dispatcher =
        new Dispatcher(new PoolRules(lanes.specs(), 1, 1, PoolRules.DEMAND_WINDOW, 1), term);
    part(dispatcher, Part.ALL, now);
    return dispatcher;
  }

  @Override
  public void part(Dispatcher dispatcher, Part part, long now) {
    for (Truth.Jobe server : cluster.truth.servers) {
      int slots = part.of(server.slots);
      if (slots < server.slots) {
        cluster.encounters.met(Met.PART_OF_SLOTS);
      }
      dispatcher.server(
          new ServerView(server.id, slots, Math.max(1, slots / 2), 1, 1, true, Set.of("c")), now);
    }
  }

  @Override
  public void lanes(Dispatcher dispatcher, long now) {
    lanes.specs().forEach(spec -> dispatcher.lane(spec, now));
  }
}
