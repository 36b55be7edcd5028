package io.gradelane.dispatch;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusMessage.Decided;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.BusMessage.Told;
import io.gradelane.bus.Listening;
import io.gradelane.cluster.Member;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.ownership.Effect;
import io.gradelane.core.ownership.LaneBook;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.ownership.PoolNode;
import io.gradelane.core.ownership.Stance;
import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in a pool. Everything that concerns the pool here arrives on this verticle's context, so the pure
 * {@link PoolNode} (and, while this node owns the pool, its {@link Dispatcher}) has one writer and needs no lock.
 *
 * <p>Each turn first tells the node what has happened, then lets it decide on a fresh turn, and sends what it decided as
 * one message per asker and per node. A turn makes at most {@value #DECISIONS_PER_TURN} decisions, so that a burst can't
 * keep others off the event loop.
 */
public final class DispatcherVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(DispatcherVerticle.class);

  private static final int DECISIONS_PER_TURN = 512;
  private static final long TICK_MILLIS = 50;
  private static final long STATUS_MILLIS = 1000;
  private static final long LEAVE_MILLIS = 3000;
  private static final DeliveryOptions WITHIN_NODE = new DeliveryOptions().setLocalOnly(true);

  /** Somebody waits until this node is not needed any more. */
  private record Leaving(BooleanSupplier done, Promise<Void> ended) {

    boolean endIfDone() {
      if (!done.getAsBoolean()) {
        return false;
      }
      ended.tryComplete();
      return true;
    }
  }

  private final DispatchPorts ports;
  private final LaneBook lanes;
  private final PoolFacts facts;
  private final PoolNode node;
  private final DispatchMeters meters;
  private final Places places = new Places();
  private final List<Leaving> leavings = new ArrayList<>();
  private boolean decideDue;

  public DispatcherVerticle(DispatchPorts ports) {
    this.ports = ports;
    this.lanes = new LaneBook(ports.rules().lanes());
    this.facts = new PoolFacts(ports, lanes);
    this.node = new PoolNode(ports.pool(), ports.node(), lanes, facts);
    this.meters = new DispatchMeters(ports.meters());
  }

  @Override
  public Future<?> start() {
    return Future.all(listenToAskers(), listenToPeers(), questions().listen())
        .onSuccess(listening -> begin());
  }

  private void begin() {
    ports.members().listen(this::onMembers);
    ports.servers().listen(this::onServers);
    List<Member> members = ports.members().snapshot();
    places.replaced(members).forEach(ended -> node.ended(ended, now()));
    node.begin(names(members), now());
    vertx.setPeriodic(TICK_MILLIS, id -> tick());
    vertx.setPeriodic(STATUS_MILLIS, id -> publishStatus());
    decideSoon();
  }

  /**
   * Hands over what this node owns; it goes on answering its own askers through its successor. Ends when another node
   * dispatches, or after 3 s.
   */
  public Future<Void> leave() {
    return leave(node::hasHandedOver);
  }

  /** The askers have gone: ends when the owner knows how all their permits ended, or after 3 s. */
  @Override
  public Future<?> stop() {
    return leave(node::hasSaidAll);
  }

  private Future<Void> leave(BooleanSupplier done) {
    Leaving leaving = new Leaving(done, Promise.promise());
    context.runOnContext(turn -> {
      leavings.add(leaving);
      node.leave(now());
      vertx.setTimer(LEAVE_MILLIS, late -> leaving.ended.tryComplete());
      decideSoon();
    });
    return leaving.ended.future();
  }

  private Future<?> listenToAskers() {
    List<Future<?>> all = new ArrayList<>();
    all.add(listenToAskers(Addresses.permits(ports.pool(), ports.node())));
    all.add(listenToAskers(Addresses.lane(ports.pool(), Want.PROBE_LANE, ports.node())));
    for (String lane : lanes.names()) {
      all.add(listenToAskers(Addresses.lane(ports.pool(), lane, ports.node())));
    }
    return Future.all(all);
  }

  private Future<?> listenToAskers(String address) {
    return vertx.eventBus().localConsumer(address, this::onTold).completion();
  }

  private Future<?> listenToPeers() {
    String address = Addresses.peers(ports.pool(), ports.node());
    return Listening.to(vertx.eventBus(), address, PeerMessage.class, this::onPeer)
        .completion();
  }

  private Questions questions() {
    return new Questions(vertx.eventBus(), ports, node, lanes, facts);
  }

  private void onTold(Message<Told> message) {
    Told told = message.body();
    long now = now();
    for (Telling telling : told.tellings()) {
      node.tell(told.replyTo(), telling, now);
    }
    decideSoon();
  }

  private void onPeer(Message<PeerMessage> message) {
    node.hear(message.body(), now());
    decideSoon();
  }

  private void onMembers(List<Member> members) {
    places.replaced(members).forEach(ended -> node.ended(ended, now()));
    node.members(names(members), now());
    decideSoon();
  }

  private void onServers(Map<String, ServerEntry> entries) {
    Dispatcher dispatcher = node.dispatcher();
    if (dispatcher != null) {
      facts.servers(dispatcher, entries, now());
      decideSoon();
    }
  }

  private void tick() {
    node.tick(now());
    decideSoon();
  }

  private void decideSoon() {
    if (!decideDue) {
      decideDue = true;
      context.runOnContext(turn -> decide());
    }
  }

  private void decide() {
    decideDue = false;
    Map<String, List<Decision>> decided = new HashMap<>();
    for (Effect effect : node.turn(DECISIONS_PER_TURN, now())) {
      switch (effect) {
        case Effect.Answer answer ->
          decided.computeIfAbsent(answer.asker(), any -> new ArrayList<>()).add(answer.decision());
        case Effect.Send send ->
          vertx.eventBus().send(Addresses.peers(ports.pool(), send.node()), send.message());
        case Effect.Changed changed -> changed(changed.stance());
        case Effect.Differed differed -> differed(differed.node());
      }
    }
    decided.forEach(
        (asker, decisions) -> vertx.eventBus().send(asker, new Decided(decisions), WITHIN_NODE));
    if (node.more()) {
      decideSoon();
    }
    leavings.removeIf(Leaving::endIfDone);
  }

  private void changed(Stance stance) {
    meters.show(stance);
    log.atInfo()
        .addKeyValue("pool", ports.pool())
        .addKeyValue("node", stance.term().node())
        .addKeyValue("term", stance.term().number())
        .log(
            switch (stance) {
              case Stance.Following following -> "another node dispatches";
              case Stance.TakingOver taking -> "this node takes over";
              case Stance.Owning owning -> "this node dispatches";
            });
  }

  private void differed(String other) {
    meters.countDifference();
    log.atWarn()
        .addKeyValue("node", other)
        .log("what a node holds is not what it should hold, so it reports anew");
  }

  private void publishStatus() {
    Dispatcher dispatcher = node.dispatcher();
    if (dispatcher == null || !(node.stance() instanceof Stance.Owning)) {
      meters.show(DispatchMeters.NOTHING);
      return;
    }
    long now = now();
    facts.turnWindows(dispatcher, now);
    facts.warm(dispatcher, now);
    var view = dispatcher.view(now);
    meters.show(view);
    vertx.eventBus().publish(Addresses.status(ports.pool()), new Status(ServerViews.inUse(view)));
    decideSoon();
  }

  private static List<String> names(List<Member> members) {
    return members.stream().map(Member::node).toList();
  }

  private long now() {
    return ports.ticker().getAsLong();
  }
}
