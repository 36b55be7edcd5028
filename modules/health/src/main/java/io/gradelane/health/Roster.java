package io.gradelane.health;

import io.gradelane.bus.Addresses;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.Member;
import io.gradelane.cluster.Members;
import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which servers there are. What is configured on any node is in the map: a node that starts adds what is not there yet, and
 * changes nothing that is. Only an operator's refresh changes or removes: then all nodes read their configurations again,
 * and the map becomes the union of them. Used on health's context only.
 */
final class Roster {

  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);
  private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(2_000);

  /** Of an embedded sandbox: the node that it is part of. */
  private static final String NODE = "node";

  private final String pool;
  private final ServerSource source;
  private final ServerBook book;
  private final Members members;
  private final EventBus bus;

  /** As this node's configuration was last readable. */
  private List<ServerSpec> own = List.of();

  private boolean leaving;

  Roster(String pool, ServerSource source, ServerBook book, Members members, EventBus bus) {
    this.pool = pool;
    this.source = source;
    this.book = book;
    this.members = members;
    this.bus = bus;
  }

  /** Adds what is configured here and not in the map. */
  Future<Void> seed() {
    return read()
        .compose(specs -> Future.join(specs.stream().map(book::add).toList()).mapEmpty());
  }

  /** Reads this node's configuration again. */
  Future<List<ServerSpec>> read() {
    return source.read().onSuccess(specs -> own = specs);
  }

  /**
   * Makes the map the union of all configurations. Where two nodes say different things of one server, this one's word
   * counts, then that of the oldest.
   *
   * @return what was wrong; empty if nothing was
   */
  Future<String> refresh() {
    Future<String> ownProblem = read().map("").otherwise(Roster::unreadable);
    List<Future<Optional<List<ServerSpec>>>> others =
        others().map(this::askConfigured).toList();
    return ownProblem.compose(problem ->
        Future.join(others).compose(all -> merge(problem, all.<Optional<List<ServerSpec>>>list())));
  }

  /** Has all other nodes probe their servers. Never fails. */
  Future<Void> probeElsewhere(DeliveryOptions patience) {
    return Future.join(others()
            .map(other -> ask(other, new HealthCommand.ProbeAll(), patience).otherwiseEmpty())
            .toList())
        .mapEmpty();
  }

  /**
   * Sandboxes live and go with their node: takes those out whose node has gone, puts this node's back that another one took
   * for gone.
   */
  void tidy() {
    for (ServerEntry entry : book.all().values()) {
      String node = entry.spec().labels().getOrDefault(NODE, "");
      if (!node.isEmpty() && !isMember(node)) {
        book.remove(entry.id());
      }
    }
    if (!leaving) {
      own.stream().filter(this::isPartOfThisNode).filter(this::isMissing).forEach(book::add);
    }
  }

  /** Nothing new shall start on what goes with this node, if there are others to start it on. */
  void drainOwn() {
    leaving = true;
    if (members.snapshot().size() > 1) {
      own.stream()
          .filter(this::isPartOfThisNode)
          .forEach(spec -> book.apply(spec.id(), new Sign.Drain()));
    }
  }

  /** Takes what goes with this node out of the map. */
  Future<Void> removeOwn() {
    leaving = true;
    return Future.join(own.stream()
            .filter(this::isPartOfThisNode)
            .map(spec -> book.remove(spec.id()))
            .toList())
        .mapEmpty();
  }

  private Future<String> merge(String problem, List<Optional<List<ServerSpec>>> others) {
    Map<String, ServerSpec> union = new LinkedHashMap<>();
    own.forEach(spec -> union.put(spec.id(), spec));
    others.forEach(other ->
        other.ifPresent(specs -> specs.forEach(spec -> union.putIfAbsent(spec.id(), spec))));
    boolean complete = others.stream().allMatch(Optional::isPresent);
    List<Future<?>> steps = new ArrayList<>();
    union.values().forEach(spec -> steps.add(book.configure(spec)));
    if (complete && problem.isEmpty()) {
      gone(union).forEach(id -> steps.add(book.remove(id)));
    }
    String words = complete ? problem : silent(problem);
    return Future.join(steps).map(words);
  }

  /** Servers that nobody names; those on hosts of the fleet go when it says so. */
  private List<String> gone(Map<String, ServerSpec> union) {
    return book.all().values().stream()
        .filter(entry -> FleetMark.of(entry.configured()).isEmpty())
        .map(ServerEntry::id)
        .filter(id -> !union.containsKey(id))
        .toList();
  }

  private static String silent(String problem) {
    String silence = "a node has not told its servers, or could not read them: none was removed";
    return problem.isEmpty() ? silence : problem + "; " + silence;
  }

  private static String unreadable(Throwable cause) {
    log.atWarn()
        .addKeyValue("cause", cause.getMessage())
        .log("the configured servers could not be read again: the old ones stay");
    return String.valueOf(cause.getMessage());
  }

  private java.util.stream.Stream<Member> others() {
    return members.snapshot().stream().filter(member -> !member.equals(members.self()));
  }

  /** Empty if it has not told. Never fails. */
  private Future<Optional<List<ServerSpec>>> askConfigured(Member other) {
    return ask(other, new HealthCommand.TellConfigured(), PATIENCE)
        .map(answer -> answer instanceof HealthAnswer.Configured told
            ? Optional.of(told.servers())
            : Optional.<List<ServerSpec>>empty())
        .otherwise(Optional.empty());
  }

  private Future<HealthAnswer> ask(Member other, HealthCommand command, DeliveryOptions patience) {
    return bus.<HealthAnswer>request(Addresses.health(pool, other.node()), command, patience)
        .map(Message::body);
  }

  private boolean isMember(String node) {
    return members.snapshot().stream().anyMatch(member -> member.node().equals(node));
  }

  private boolean isPartOfThisNode(ServerSpec spec) {
    return members.self().node().equals(spec.labels().get(NODE));
  }

  private boolean isMissing(ServerSpec spec) {
    return book.entry(spec.id()).isEmpty();
  }
}
