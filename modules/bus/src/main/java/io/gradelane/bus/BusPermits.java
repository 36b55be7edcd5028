package io.gradelane.bus;

import io.gradelane.bus.BusMessage.Decided;
import io.gradelane.bus.BusMessage.Told;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Want;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Permits from the pool's dispatcher, over the event bus. Belongs to the context on which it was made.
 *
 * <p>It speaks to the dispatcher of its own node, whoever owns the pool; nothing gets lost on that way, and what crosses
 * nodes is that one's care.
 *
 * <p>What is told in one turn of the event loop travels as one message per address; the answers come back batched in the
 * same way. So a busy node sends few messages, and an idle one waits for nothing.
 */
public final class BusPermits implements Permits {

  private final Vertx vertx;
  private final Context context;
  private final String pool;
  private final String node;
  private final String replyTo;
  private final String permits;
  private final Map<String, String> lanes = new HashMap<>();
  private final DeliveryOptions delivery = new DeliveryOptions().setLocalOnly(true);

  private final Map<RunId, Promise<Decision>> waiting = new HashMap<>();
  private final Map<String, List<Telling>> untold = new HashMap<>();
  private final MessageConsumer<Decided> consumer;
  private boolean flushDue;

  /**
   * Starts to listen for answers.
   *
   * @param asker tells this one from the other askers of the node
   */
  public static Future<BusPermits> open(Vertx vertx, String pool, String node, int asker) {
    BusPermits permits = new BusPermits(vertx, pool, node, asker);
    return permits.consumer.completion().map(permits);
  }

  private BusPermits(Vertx vertx, String pool, String node, int asker) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.pool = pool;
    this.node = node;
    this.replyTo = Addresses.decided(pool, node, asker);
    this.permits = Addresses.permits(pool, node);
    this.consumer = vertx.eventBus().localConsumer(replyTo, this::onDecided);
  }

  @Override
  public Future<Decision> want(Want want) {
    return ask(want.run(), lane(want.lane()), new Telling.Wanted(want));
  }

  @Override
  public Future<Decision> doubt(PermitId permit, int millis, Want quiet) {
    Telling doubted = new Telling.Doubted(quiet.run(), permit, millis, quiet);
    return ask(quiet.run(), permits, doubted);
  }

  @Override
  public void cancel(RunId run) {
    Promise<Decision> promise = waiting.remove(run);
    if (promise != null) {
      tell(permits, new Telling.Cancelled(run));
      promise.complete(new Decision.Refused(run, Refusal.CANCELLED, "its caller has gone"));
    }
  }

  @Override
  public void done(RunId run, PermitId permit, Ending ending, int millis) {
    tell(permits, new Telling.Done(run, permit, ending, millis));
  }

  /** Stops to listen; whoever still waits is refused. */
  public Future<Void> close() {
    List<RunId> left = List.copyOf(waiting.keySet());
    left.forEach(run -> {
      tell(permits, new Telling.Cancelled(run));
      settle(new Decision.Refused(run, Refusal.CLOSING, "this node is closing"));
    });
    return consumer.unregister();
  }

  private String lane(String name) {
    return lanes.computeIfAbsent(name, lane -> Addresses.lane(pool, lane, node));
  }

  private Future<Decision> ask(RunId run, String address, Telling telling) {
    Promise<Decision> promise = Promise.promise();
    waiting.put(run, promise);
    tell(address, telling);
    return promise.future();
  }

  private void tell(String address, Telling telling) {
    untold.computeIfAbsent(address, any -> new ArrayList<>()).add(telling);
    if (!flushDue) {
      flushDue = true;
      context.runOnContext(tick -> flush());
    }
  }

  private void flush() {
    flushDue = false;
    untold.forEach((address, tellings) ->
        vertx.eventBus().send(address, new Told(replyTo, tellings), delivery));
    untold.clear();
  }

  private void onDecided(Message<Decided> message) {
    message.body().decisions().forEach(this::settle);
  }

  private void settle(Decision decision) {
    Promise<Decision> promise = waiting.remove(decision.run());
    if (promise != null) {
      promise.complete(decision);
    } else if (decision instanceof Decision.Granted granted) {
      done(granted.run(), granted.permit(), Ending.UNUSED, 0);
    }
  }
}
