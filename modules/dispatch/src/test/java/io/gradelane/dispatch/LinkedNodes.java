package io.gradelane.dispatch;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.BusCodecs;
import io.gradelane.bus.BusPermits;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.bus.wire.Wire;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.testkit.Blocking;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Several nodes in one process: each has a Vert.x of its own, and what one sends to another goes through the bytes of the
 * wire, and may be lost or doubled. Their clocks run three times as fast as ours.
 */
final class LinkedNodes implements AutoCloseable {

  private static final String POOL = "main";

  /** One node. */
  final class Node implements Members {

    final String name;
    final Vertx vertx = Vertx.vertx();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LocalServerMap servers = new LocalServerMap(vertx);
    private final Context context = vertx.getOrCreateContext();
    private final DispatcherVerticle verticle;
    private final Map<Consumer<List<Member>>, Context> listeners = new LinkedHashMap<>();
    private final AtomicInteger beats = new AtomicInteger();
    private volatile boolean linked = true;
    private int askers;

    private Node(String name, int slots) {
      this.name = name;
      BusCodecs.register(vertx);
      ServerSpec spec =
          new ServerSpec("s1", URI.create("http://127.0.0.1:1"), null, slots, slots, 1, Map.of());
      Blocking.get(servers.replace(
          "s1",
          null,
          new ServerEntry(spec, new ServerState.Ready(Instant.EPOCH), Map.of("c", "12"), 1)));
      verticle = new DispatcherVerticle(new DispatchPorts(
          POOL,
          this,
          new PoolRules(List.of(LANE), 1, 0.2),
          List.of(),
          List.of(),
          Duration.ofSeconds(10),
          servers,
          meters,
          InstantSource.system(),
          () -> System.nanoTime() * 3));
    }

    BusPermits permits() {
      int asker = ++askers;
      Promise<BusPermits> opened = Promise.promise();
      context.runOnContext(turn -> BusPermits.open(vertx, POOL, name, asker).onComplete(opened));
      return Blocking.get(opened.future());
    }

    /** Does something on the context of its permits. */
    void run(Runnable what) {
      context.runOnContext(turn -> what.run());
    }

    PoolAnswer ask(PoolQuestion question) {
      return Blocking.get(
              vertx.eventBus().<PoolAnswer>request(Addresses.questions(POOL, name), question))
          .body();
    }

    PoolView view() {
      return ((PoolAnswer.Viewed) ask(new PoolQuestion.View())).view();
    }

    PoolAnswer.Owned owner() {
      return (PoolAnswer.Owned) ask(new PoolQuestion.WhoOwns());
    }

    /** How often the owner has told it what is held. */
    int beats() {
      return beats.get();
    }

    Future<Void> leave() {
      return verticle.leave();
    }

    /** Nothing goes from it or to it any more, and the others miss it. */
    void cut() {
      linked = false;
      nodes.remove(this);
      nodes.forEach(Node::tellMembers);
    }

    @Override
    public Member self() {
      return new Member(name, "", "dev", Wire.VERSION, "", "", 0);
    }

    @Override
    public List<Member> snapshot() {
      return nodes.stream().map(Node::self).toList();
    }

    @Override
    public Runnable listen(Consumer<List<Member>> listener) {
      listeners.put(listener, vertx.getOrCreateContext());
      return () -> listeners.remove(listener);
    }

    private void tellMembers() {
      List<Member> members = snapshot();
      listeners.forEach((listener, home) -> home.runOnContext(turn -> listener.accept(members)));
    }
  }

  static final LaneSpec LANE =
      new LaneSpec("exam", true, 40, 0, LaneSpec.UNLIMITED, Duration.ofMinutes(1), 10_000, false);

  private final List<Node> nodes = new java.util.concurrent.CopyOnWriteArrayList<>();
  private final List<Node> all = new ArrayList<>();
  private final Random random = new Random(7);
  private final int lossPercent;
  private final AtomicInteger lost = new AtomicInteger();

  LinkedNodes(int lossPercent) {
    this.lossPercent = lossPercent;
  }

  /** A node with a server of so many slots, the same for all; the first one dispatches. */
  Node start(String name, int slots) {
    Node node = new Node(name, slots);
    all.forEach(other -> {
      link(node, other);
      link(other, node);
    });
    all.add(node);
    nodes.add(node);
    Blocking.get(node.vertx.deployVerticle(node.verticle));
    nodes.forEach(Node::tellMembers);
    return node;
  }

  int lost() {
    return lost.get();
  }

  private void link(Node from, Node to) {
    String peers = Addresses.peers(POOL, to.name);
    from.vertx.eventBus().consumer(peers, message -> carry(from, to, peers, message.body()));
    String questions = Addresses.questions(POOL, to.name);
    from.vertx.eventBus().consumer(questions, message -> ask(from, to, questions, message));
  }

  private void carry(Node from, Node to, String address, Object message) {
    if (!from.linked || !to.linked || unlucky()) {
      lost.incrementAndGet();
      return;
    }
    to.vertx.eventBus().send(address, coded(message));
    if (message instanceof PeerMessage.Beat) {
      to.beats.incrementAndGet();
    }
    if (unlucky()) {
      to.vertx.eventBus().send(address, coded(message));
    }
  }

  private static void ask(Node from, Node to, String address, Message<Object> message) {
    if (!from.linked || !to.linked) {
      return;
    }
    DeliveryOptions options = new DeliveryOptions().setHeaders(message.headers());
    to.vertx
        .eventBus()
        .request(address, coded(message.body()), options)
        .onSuccess(answer -> message.reply(coded(answer.body())))
        .onFailure(failure -> message.fail(503, failure.getMessage()));
  }

  private static Object coded(Object message) {
    return Wire.decode(Wire.encode(message));
  }

  private synchronized boolean unlucky() {
    return random.nextInt(100) < lossPercent;
  }

  @Override
  public void close() {
    nodes.clear();
    all.forEach(Node::tellMembers);
    all.forEach(node -> Blocking.get(node.vertx.close()));
  }
}
