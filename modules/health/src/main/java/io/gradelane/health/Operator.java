package io.gradelane.health;

import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthAnswer.Changed;
import io.gradelane.bus.HealthAnswer.Invalid;
import io.gradelane.bus.HealthAnswer.NoSuchServer;
import io.gradelane.bus.HealthAnswer.Stale;
import io.gradelane.bus.HealthCommand;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Does what an operator says about one server, and remembers it against what is configured. */
final class Operator {

  private final ServerBook book;
  private final Map<String, UnaryOperator<ServerSpec>> weights = new HashMap<>();
  private final Map<String, UnaryOperator<ServerSpec>> slots = new HashMap<>();

  Operator(ServerBook book) {
    this.book = book;
  }

  /** What is configured, with what an operator has set since. */
  ServerSpec amended(ServerSpec configured) {
    ServerSpec weighted =
        weights.getOrDefault(configured.id(), UnaryOperator.identity()).apply(configured);
    return slots.getOrDefault(configured.id(), UnaryOperator.identity()).apply(weighted);
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
      case HealthCommand.Drain drain -> applied(before, new Sign.Drain());
      case HealthCommand.Undrain undrain -> applied(before, new Sign.Undrain());
      case HealthCommand.SetWeight set ->
        amend(before, weights, spec -> weighing(spec, set.weight()));
      case HealthCommand.SetSlots set ->
        amend(
            before,
            slots,
            spec -> sized(
                spec,
                set.slots(),
                set.cores() == null ? ServerSpec.defaultCores(set.slots()) : set.cores()));
    };
  }

  private Future<HealthAnswer> applied(ServerEntry before, Sign sign) {
    return book.apply(before.id(), sign)
        .map(after ->
            after.<HealthAnswer>map(Changed::new).orElseGet(() -> new NoSuchServer(before.id())));
  }

  private Future<HealthAnswer> amend(
      ServerEntry before,
      Map<String, UnaryOperator<ServerSpec>> memory,
      UnaryOperator<ServerSpec> amendment) {
    ServerSpec next;
    try {
      next = amendment.apply(before.spec());
    } catch (IllegalArgumentException wrong) {
      return Future.succeededFuture(new Invalid(String.valueOf(wrong.getMessage())));
    }
    ServerEntry after = next.equals(before.spec()) ? before : before.with(next);
    memory.put(before.id(), amendment);
    return after.equals(before)
        ? Future.succeededFuture(new Changed(before))
        : book.replace(before, after).map(done -> replaced(done, before, after));
  }

  private HealthAnswer replaced(boolean done, ServerEntry before, ServerEntry after) {
    return done ? new Changed(after) : new Stale(book.entry(before.id()).orElse(before));
  }

  private static ServerSpec weighing(ServerSpec spec, double weight) {
    return new ServerSpec(
        spec.id(), spec.url(), spec.apiKey(), spec.slots(), spec.cores(), weight, spec.labels());
  }

  private static ServerSpec sized(ServerSpec spec, int slots, int cores) {
    return new ServerSpec(
        spec.id(), spec.url(), spec.apiKey(), slots, cores, spec.weight(), spec.labels());
  }
}
