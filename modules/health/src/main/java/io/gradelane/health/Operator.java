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
import java.util.Optional;

/** Does what an operator says about one server. The entry itself remembers it against what is configured. */
final class Operator {

  private final ServerBook book;

  Operator(ServerBook book) {
    this.book = book;
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
      case HealthCommand.SetWeight set -> amend(before, set);
      case HealthCommand.SetSlots set -> amend(before, set);
    };
  }

  private Future<HealthAnswer> applied(ServerEntry before, Sign sign) {
    return book.apply(before.id(), sign)
        .map(after ->
            after.<HealthAnswer>map(Changed::new).orElseGet(() -> new NoSuchServer(before.id())));
  }

  private Future<HealthAnswer> amend(ServerEntry before, HealthCommand.Change change) {
    ServerSpec next;
    try {
      next = amended(before.spec(), change);
    } catch (IllegalArgumentException wrong) {
      return Future.succeededFuture(new Invalid(String.valueOf(wrong.getMessage())));
    }
    if (next.equals(before.spec())) {
      return Future.succeededFuture(new Changed(before));
    }
    ServerEntry after = before.with(next);
    return book.replace(before, after).map(done -> replaced(done, before, after));
  }

  private HealthAnswer replaced(boolean done, ServerEntry before, ServerEntry after) {
    return done ? new Changed(after) : new Stale(book.entry(before.id()).orElse(before));
  }

  private static ServerSpec amended(ServerSpec spec, HealthCommand.Change change) {
    return switch (change) {
      case HealthCommand.SetWeight set -> with(spec, spec.slots(), spec.cores(), set.weight());
      case HealthCommand.SetSlots set -> with(spec, set.slots(), cores(set), spec.weight());
      case HealthCommand.Drain drain -> spec;
      case HealthCommand.Undrain undrain -> spec;
    };
  }

  private static int cores(HealthCommand.SetSlots set) {
    return set.cores() == null ? ServerSpec.defaultCores(set.slots()) : set.cores();
  }

  private static ServerSpec with(ServerSpec spec, int slots, int cores, double weight) {
    return new ServerSpec(
        spec.id(), spec.url(), spec.apiKey(), slots, cores, weight, spec.labels());
  }
}
