package io.gradelane.health;

import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthAnswer.Changed;
import io.gradelane.bus.HealthAnswer.Invalid;
import io.gradelane.bus.HealthAnswer.NoSuchServer;
import io.gradelane.bus.HealthAnswer.Stale;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerWord;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Does what an operator says about one server. The entry itself remembers his word beside what is configured. */
final class Operator {

  private final ServerBook book;
  private final InstantSource clock;

  Operator(ServerBook book, InstantSource clock) {
    this.book = book;
    this.clock = clock;
  }

  /**
   * Says again what was said before everybody was stopped, where nobody has said anything since.
   *
   * @return of how many servers
   */
  Future<Integer> restore(Map<String, ServerWord> words) {
    List<Future<Integer>> all = words.entrySet().stream()
        .map(kept -> restore(kept.getKey(), kept.getValue()))
        .toList();
    return Future.join(all).map(done -> all.stream().mapToInt(Future::result).sum());
  }

  private Future<Integer> restore(String server, ServerWord kept) {
    long before = book.entry(server).map(ServerEntry::version).orElse(0L);
    return book.update(server, entry -> entry.remembering(kept, clock.instant()))
        .map(after -> after.map(ServerEntry::version).orElse(0L) == before ? 0 : 1);
  }

  Future<HealthAnswer> change(HealthCommand.Change change) {
    Optional<ServerEntry> entry = book.entry(change.server());
    if (entry.isEmpty()) {
      return Future.succeededFuture(new NoSuchServer(change.server()));
    }
    if (change.version() != HealthCommand.ANY_VERSION
        && change.version() != entry.get().version()) {
      return Future.succeededFuture(new Stale(entry.get()));
    }
    return change(entry.get(), change);
  }

  private Future<HealthAnswer> change(ServerEntry before, HealthCommand.Change change) {
    return switch (change) {
      case HealthCommand.Drain drain -> apply(before, new Sign.Drain(), this::drained);
      case HealthCommand.Undrain undrain -> apply(before, new Sign.Undrain(), this::undrained);
      case HealthCommand.Reset reset -> apply(before, new Sign.Undrain(), this::reset);
      case HealthCommand.SetWeight set ->
        amend(before, () -> before.said().withWeight(set.weight(), now(before)));
      case HealthCommand.SetSlots set ->
        amend(before, () -> before.said().withSlots(set.slots(), cores(set), now(before)));
    };
  }

  private Future<HealthAnswer> apply(
      ServerEntry before, Sign sign, BiFunction<ServerEntry, ServerState, ServerEntry> enter) {
    return book.apply(before.id(), sign, enter)
        .map(after ->
            after.<HealthAnswer>map(Changed::new).orElseGet(() -> new NoSuchServer(before.id())));
  }

  private ServerEntry drained(ServerEntry entry, ServerState next) {
    return drain(entry, next, true);
  }

  private ServerEntry undrained(ServerEntry entry, ServerState next) {
    return drain(entry, next, false);
  }

  private ServerEntry drain(ServerEntry entry, ServerState next, boolean drain) {
    return next.equals(entry.state()) && entry.said().drain() == drain
        ? entry
        : entry.saying(entry.said().withDrain(drain, now(entry)), next);
  }

  /** One that goes with its node stays as it is, unless an operator had drained it. */
  private ServerEntry reset(ServerEntry entry, ServerState undrained) {
    ServerState next = entry.said().drain() ? undrained : entry.state();
    return entry.saying(ServerWord.nothing(now(entry)), next);
  }

  private Future<HealthAnswer> amend(ServerEntry before, Supplier<ServerWord> word) {
    ServerEntry after;
    try {
      after = before.saying(word.get(), before.state());
    } catch (IllegalArgumentException wrong) {
      return Future.succeededFuture(new Invalid(String.valueOf(wrong.getMessage())));
    }
    return book.replace(before, after).map(done -> replaced(done, before, after));
  }

  private HealthAnswer replaced(boolean done, ServerEntry before, ServerEntry after) {
    return done ? new Changed(after) : new Stale(book.entry(before.id()).orElse(before));
  }

  private long now(ServerEntry entry) {
    return entry.said().next(clock.millis());
  }

  private static int cores(HealthCommand.SetSlots set) {
    return set.cores() == null ? ServerSpec.defaultCores(set.slots()) : set.cores();
  }
}
