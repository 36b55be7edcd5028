package io.gradelane.dispatch;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.Listening;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.ownership.LaneBook;
import io.gradelane.core.ownership.PoolNode;
import io.gradelane.core.ownership.Stance;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers what is asked of the pool; what only the owner knows, the owner is asked. */
final class Questions {

  private static final Logger log = LoggerFactory.getLogger(Questions.class);

  private static final String PASSED_ON = "passed-on";
  private static final int NOBODY = 503;
  private static final DeliveryOptions PASSING_ON =
      new DeliveryOptions().addHeader(PASSED_ON, "true").setSendTimeout(2_000);

  private final EventBus bus;
  private final DispatchPorts ports;
  private final PoolNode node;
  private final LaneBook lanes;
  private final PoolFacts facts;

  Questions(EventBus bus, DispatchPorts ports, PoolNode node, LaneBook lanes, PoolFacts facts) {
    this.bus = bus;
    this.ports = ports;
    this.node = node;
    this.lanes = lanes;
    this.facts = facts;
  }

  Future<?> listen() {
    String address = Addresses.questions(ports.pool(), ports.node());
    return Listening.to(bus, address, PoolQuestion.class, this::onQuestion).completion();
  }

  private void onQuestion(Message<PoolQuestion> message) {
    Dispatcher dispatcher = node.dispatcher();
    if (message.body() instanceof PoolQuestion.WhoOwns) {
      message.reply(owner());
    } else if (dispatcher != null) {
      message.reply(answer(message.body(), dispatcher, ports.ticker().getAsLong()));
    } else {
      passOn(message);
    }
  }

  private PoolAnswer.Owned owner() {
    Stance stance = node.stance();
    boolean grants = !(stance instanceof Stance.TakingOver) && stance.term().number() > 0;
    return new PoolAnswer.Owned(stance.term().node(), stance.term().number(), grants);
  }

  /** Once: two nodes that take each other for the owner would pass it on for ever. */
  private void passOn(Message<PoolQuestion> message) {
    String owner = node.stance().term().node();
    if (owner.isEmpty() || message.headers().contains(PASSED_ON)) {
      message.fail(NOBODY, "nobody dispatches, as far as node " + ports.node() + " knows");
      return;
    }
    bus.<Object>request(Addresses.questions(ports.pool(), owner), message.body(), PASSING_ON)
        .onSuccess(answer -> pass(answer.body(), owner, message))
        .onFailure(silence -> message.fail(NOBODY, "node " + owner + " has not answered"));
  }

  private static void pass(Object answer, String owner, Message<PoolQuestion> message) {
    if (answer instanceof PoolAnswer known) {
      message.reply(known);
    } else {
      message.fail(NOBODY, "node " + owner + " has answered what this build does not know");
    }
  }

  private PoolAnswer answer(PoolQuestion question, Dispatcher dispatcher, long now) {
    return switch (question) {
      case PoolQuestion.WhyWaiting why -> new PoolAnswer.Waiting(dispatcher.why(why.run(), now));
      case PoolQuestion.LongestWaiting longest ->
        new PoolAnswer.LongestWaiting(dispatcher.longestWaiting(longest.most(), now));
      case PoolQuestion.View view -> new PoolAnswer.Viewed(dispatcher.view(now));
      case PoolQuestion.Lanes all -> new PoolAnswer.AllLanes(lanes.all());
      case PoolQuestion.SetLane set -> setLane(set, dispatcher, now);
      case PoolQuestion.RestoreLanes restore -> restore(restore, dispatcher, now);
      case PoolQuestion.WhoOwns who -> owner();
    };
  }

  private PoolAnswer restore(PoolQuestion.RestoreLanes kept, Dispatcher dispatcher, long now) {
    if (lanes.learn(kept.lanes())) {
      facts.lanes(dispatcher, now);
      log.atInfo().log("lanes are set as operators have set them before: {}", lanes.specs());
    }
    return new PoolAnswer.AllLanes(lanes.all());
  }

  /** Only if its version is still the one that the operator saw. */
  private PoolAnswer setLane(PoolQuestion.SetLane set, Dispatcher dispatcher, long now) {
    VersionedLane current = lanes.get(set.spec().name());
    if (current == null) {
      return new PoolAnswer.NoSuchLane(set.spec().name());
    }
    if (current.version() != set.expectedVersion()) {
      return new PoolAnswer.Stale(current);
    }
    VersionedLane next = lanes.set(set.spec(), ports.clock().millis());
    facts.lane(dispatcher, set.spec(), now);
    log.atInfo().addKeyValue("lane", set.spec().name()).log("lane is set: {}", set.spec());
    return new PoolAnswer.LaneSet(next);
  }
}
