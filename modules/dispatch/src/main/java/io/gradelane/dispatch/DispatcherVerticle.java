package io.gradelane.dispatch;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusMessage.Decided;
import io.gradelane.bus.BusMessage.Status;
import io.gradelane.bus.BusMessage.Told;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.RunId;
import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pool's dispatcher: everything that concerns the pool arrives on this verticle's context, so the pure
 * {@link Dispatcher} has one writer and needs no lock.
 *
 * <p>Each turn first tells the dispatcher what has happened, then lets it decide on a fresh turn, and sends what it
 * decided as one message per asker. A turn makes at most {@value #DECISIONS_PER_TURN} decisions, so that a burst can't
 * keep others off the event loop.
 */
public final class DispatcherVerticle extends VerticleBase {

  private static final Logger log = LoggerFactory.getLogger(DispatcherVerticle.class);

  private static final int DECISIONS_PER_TURN = 512;
  private static final long TICK_MILLIS = 50;
  private static final long STATUS_MILLIS = 1000;

  private final DispatchPorts ports;
  private final Dispatcher dispatcher;
  private final LaneBook lanes;
  private final Windows windows;
  private final ServerViews views;
  private final DispatchMeters meters;

  /** Where the decision about a run goes; an entry lives from the want, or the doubt, to its decision. */
  private final Map<RunId, String> askers = new HashMap<>();

  private boolean decideDue;

  public DispatcherVerticle(DispatchPorts ports) {
    this.ports = ports;
    this.dispatcher = new Dispatcher(ports.rules(), ports.term());
    this.lanes = new LaneBook(ports.rules().lanes());
    this.windows = new Windows(ports.windows());
    this.views = new ServerViews(ports.warmUp());
    this.meters = new DispatchMeters(ports.meters());
  }

  @Override
  public Future<?> start() {
    ports.tenants().forEach(limits -> dispatcher.tenant(limits, now()));
    turnWindows();
    learnServers(ports.servers().snapshot());
    ports.servers().listen(this::learnServers);
    vertx.setPeriodic(TICK_MILLIS, id -> tick());
    vertx.setPeriodic(STATUS_MILLIS, id -> publishStatus());
    return Future.all(listenForWants(), listenForPermits(), listenForQuestions());
  }

  private Future<?> listenForWants() {
    List<Future<?>> all = new ArrayList<>();
    all.add(listenTo(Addresses.lane(ports.pool(), Want.PROBE_LANE, ports.node())));
    lanes
        .names()
        .forEach(lane -> all.add(listenTo(Addresses.lane(ports.pool(), lane, ports.node()))));
    return Future.all(all);
  }

  private Future<?> listenForPermits() {
    return listenTo(Addresses.permits(ports.pool(), ports.node()));
  }

  private Future<?> listenTo(String address) {
    return vertx.eventBus().<Told>consumer(address, this::onTold).completion();
  }

  private Future<?> listenForQuestions() {
    String address = Addresses.questions(ports.pool(), ports.node());
    return vertx.eventBus().<PoolQuestion>consumer(address, this::onQuestion).completion();
  }

  private void onTold(Message<Told> message) {
    Told told = message.body();
    long now = now();
    for (Telling telling : told.tellings()) {
      take(telling, told.replyTo(), now);
    }
    decideSoon();
  }

  private void take(Telling telling, String replyTo, long now) {
    switch (telling) {
      case Telling.Wanted wanted -> {
        askers.put(wanted.want().run(), replyTo);
        dispatcher.want(wanted.want(), now);
      }
      case Telling.Waits waits -> {
        askers.put(waits.run(), replyTo);
        dispatcher.want(waits.want(), now);
      }
      case Telling.Cancelled cancelled -> {
        askers.remove(cancelled.run());
        dispatcher.cancel(cancelled.run(), now);
      }
      case Telling.Done done ->
        dispatcher.done(done.run(), done.permit(), done.ending(), done.millis(), now);
      case Telling.Doubted doubted -> {
        askers.put(doubted.run(), replyTo);
        dispatcher.doubt(doubted.run(), doubted.permit(), doubted.millis(), doubted.quiet(), now);
      }
    }
  }

  private void learnServers(Map<String, ServerEntry> entries) {
    views.changed(entries, ports.clock().instant()).forEach(view -> dispatcher.server(view, now()));
    views.gone(entries).forEach(id -> dispatcher.removeServer(id, now()));
    decideSoon();
  }

  private void tick() {
    long now = now();
    if (dispatcher.nextTickAt() - now <= 0) {
      dispatcher.tick(now);
      decideSoon();
    }
  }

  private void decideSoon() {
    if (!decideDue) {
      decideDue = true;
      context.runOnContext(turn -> decide());
    }
  }

  private void decide() {
    decideDue = false;
    long now = now();
    Map<String, List<Decision>> decided = new HashMap<>();
    int count = 0;
    while (count < DECISIONS_PER_TURN) {
      Decision decision = dispatcher.next(now);
      if (decision == null) {
        break;
      }
      count++;
      address(decision, decided);
    }
    decided.forEach((replyTo, decisions) -> vertx.eventBus().send(replyTo, new Decided(decisions)));
    if (count == DECISIONS_PER_TURN) {
      decideSoon();
    }
  }

  private void address(Decision decision, Map<String, List<Decision>> decided) {
    String replyTo = askers.remove(decision.run());
    if (replyTo == null) {
      log.atWarn()
          .addKeyValue("run", decision.run())
          .log("nobody asked for this decision: {}", decision);
      return;
    }
    decided.computeIfAbsent(replyTo, any -> new ArrayList<>()).add(decision);
  }

  private void turnWindows() {
    if (windows.turn(ports.clock().instant())) {
      log.atInfo().log("exam windows have changed: {}", windows.effect());
      int floor = Math.max(ports.rules().reserveFloor(), windows.effect().reserve());
      dispatcher.reserveFloor(floor, now());
      lanes.specs().forEach(spec -> dispatcher.lane(windows.effect().on(spec), now()));
    }
  }

  private void publishStatus() {
    turnWindows();
    views
        .warmed(ports.servers().snapshot(), ports.clock().instant())
        .forEach(view -> dispatcher.server(view, now()));
    var view = dispatcher.view(now());
    meters.show(view);
    vertx.eventBus().publish(Addresses.status(ports.pool()), new Status(ServerViews.inUse(view)));
    decideSoon();
  }

  private void onQuestion(Message<PoolQuestion> message) {
    message.reply(answer(message.body()));
  }

  private PoolAnswer answer(PoolQuestion question) {
    return switch (question) {
      case PoolQuestion.WhyWaiting why -> new PoolAnswer.Waiting(dispatcher.why(why.run(), now()));
      case PoolQuestion.LongestWaiting longest ->
        new PoolAnswer.LongestWaiting(dispatcher.longestWaiting(longest.most(), now()));
      case PoolQuestion.View view -> new PoolAnswer.Viewed(dispatcher.view(now()));
      case PoolQuestion.Lanes all -> lanes.all();
      case PoolQuestion.SetLane set -> setLane(set);
      case PoolQuestion.WhoOwns who ->
        new PoolAnswer.Owned(ports.node(), ports.term(), true);
    };
  }

  private PoolAnswer setLane(PoolQuestion.SetLane set) {
    PoolAnswer answer = lanes.set(set.spec(), set.expectedVersion());
    if (answer instanceof PoolAnswer.LaneSet) {
      dispatcher.lane(windows.effect().on(set.spec()), now());
      decideSoon();
      log.atInfo().addKeyValue("lane", set.spec().name()).log("lane is set: {}", set.spec());
    }
    return answer;
  }

  private long now() {
    return ports.ticker().getAsLong();
  }
}
