package io.gradelane.health;

import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthAnswer.NoSuchServer;
import io.gradelane.bus.HealthAnswer.Outdated;
import io.gradelane.bus.HealthAnswer.Settled;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Does what the fleet's leader says of the servers on its hosts. The leader's term stands in each entry that it touches, so
 * whatever node an earlier leader is on, it changes nothing any more where a later one has spoken.
 */
final class FleetServers {

  private final ServerBook book;

  /** The highest term that was heard here; entries may know higher ones. */
  private long heard;

  FleetServers(ServerBook book) {
    this.book = book;
  }

  /** Whatever is asked twice is done once. */
  Future<HealthAnswer> settle(HealthCommand.OfFleet command) {
    heard = Math.max(heard, newestTerm());
    if (command.term() < heard) {
      return Future.succeededFuture(new Outdated(heard));
    }
    heard = command.term();
    return switch (command) {
      case HealthCommand.Join join -> join(join);
      case HealthCommand.Close close -> close(close);
      case HealthCommand.Leave leave -> leave(leave);
    };
  }

  private Future<HealthAnswer> join(HealthCommand.Join join) {
    FleetMark mark = new FleetMark(join.host(), join.term(), false);
    Optional<ServerEntry> known =
        find(join.host()).or(() -> configuredAt(join.server().url().toString()));
    if (known.isEmpty()) {
      return book.add(mark.on(join.server())).map(new Settled(join.host()));
    }
    return book.update(known.get().id(), entry -> opened(entry, mark))
        .map(after -> settled(join, after));
  }

  /** What an operator has drained stays so; what the fleet has closed is probed, and takes runs again. */
  private ServerEntry opened(ServerEntry entry, FleetMark mark) {
    boolean closed = FleetMark.of(entry.spec()).map(FleetMark::closed).orElse(false);
    ServerEntry marked = marked(entry, mark);
    return closed ? inState(marked, book.undrained(entry.state())) : marked;
  }

  private Future<HealthAnswer> close(HealthCommand.Close close) {
    FleetMark mark = new FleetMark(close.host(), close.term(), true);
    return change(close, entry -> inState(marked(entry, mark), book.drained(entry.state())));
  }

  private Future<HealthAnswer> leave(HealthCommand.Leave leave) {
    Optional<ServerEntry> known = find(leave.host());
    if (known.isPresent() && isConfigured(known.get())) {
      return change(leave, entry -> withSpec(entry, FleetMark.off(entry.spec())));
    }
    return known
        .map(entry -> book.remove(entry.id()))
        .orElseGet(Future::succeededFuture)
        .map(new Settled(leave.host()));
  }

  private Future<HealthAnswer> change(
      HealthCommand.OfFleet command, UnaryOperator<ServerEntry> change) {
    Optional<ServerEntry> known = find(command.host());
    return known.isEmpty()
        ? Future.succeededFuture(new NoSuchServer(command.host()))
        : book.update(
                known.get().id(), entry -> isLater(entry, command) ? entry : change.apply(entry))
            .map(after -> settled(command, after));
  }

  private static HealthAnswer settled(HealthCommand.OfFleet command, Optional<ServerEntry> after) {
    return after
        .map(entry ->
            isLater(entry, command) ? new Outdated(term(entry)) : new Settled(command.host()))
        .orElseGet(() -> new NoSuchServer(command.host()));
  }

  /** Whether somebody of a higher term has touched it. */
  private static boolean isLater(ServerEntry entry, HealthCommand.OfFleet command) {
    return term(entry) > command.term();
  }

  private static ServerEntry marked(ServerEntry entry, FleetMark mark) {
    return mark.term() < term(entry) ? entry : withSpec(entry, mark.on(entry.spec()));
  }

  private static ServerEntry withSpec(ServerEntry entry, ServerSpec spec) {
    return spec.equals(entry.spec()) ? entry : entry.with(spec);
  }

  private static ServerEntry inState(ServerEntry entry, ServerState state) {
    return state.equals(entry.state()) ? entry : entry.with(state);
  }

  private Optional<ServerEntry> find(String host) {
    return book.all().values().stream()
        .filter(entry ->
            FleetMark.of(entry.spec()).filter(mark -> mark.host().equals(host)).isPresent())
        .findFirst();
  }

  private Optional<ServerEntry> configuredAt(String url) {
    return book.all().values().stream()
        .filter(FleetServers::isConfigured)
        .filter(entry -> entry.spec().url().toString().equals(url))
        .findFirst();
  }

  /** Whether it would be there without the fleet. */
  private static boolean isConfigured(ServerEntry entry) {
    return FleetMark.of(entry.configured()).isEmpty();
  }

  private long newestTerm() {
    return book.all().values().stream().mapToLong(FleetServers::term).max().orElse(0);
  }

  private static long term(ServerEntry entry) {
    return FleetMark.of(entry.spec()).map(FleetMark::term).orElse(0L);
  }
}
