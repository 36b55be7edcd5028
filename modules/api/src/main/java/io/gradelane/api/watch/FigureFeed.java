package io.gradelane.api.watch;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the figures of the pool as long as somebody watches them, and tells each watcher what has changed since it was
 * last told. Belongs to one context.
 */
final class FigureFeed {

  private final Supplier<Future<JsonObject>> source;
  private final Set<Watching> watchers = new LinkedHashSet<>();
  private @Nullable JsonObject latest;
  private boolean asking;

  /** @param source the pool's figures now */
  FigureFeed(Supplier<Future<JsonObject>> source) {
    this.source = source;
  }

  /**
   * @param lane or null for everything
   * @return fails with a {@link Refusal}
   */
  Future<Subscription> watch(@Nullable String lane, Outlet outlet) {
    return source
        .get()
        .recover(silence -> Future.failedFuture(Refusal.silent()))
        .map(now -> {
          Figures figures = Figures.of(lane, now).orElseThrow(() -> Refusal.unknown("lane"));
          Watching watching = new Watching(outlet, figures);
          watchers.add(watching);
          outlet.say(figures.snapshot());
          return watching;
        });
  }

  /** Looks now; to be called once a second. Silence of the dispatcher changes nothing. */
  void look() {
    if (watchers.isEmpty() || asking) {
      return;
    }
    asking = true;
    source.get().onComplete(done -> {
      asking = false;
      if (done.succeeded()) {
        latest = done.result();
        List.copyOf(watchers).forEach(Watching::flush);
      }
    });
  }

  /** One who watches, with the figures that it was told last. */
  private final class Watching implements Subscription {

    private final Outlet outlet;
    private Figures told;

    Watching(Outlet outlet, Figures told) {
      this.outlet = outlet;
      this.told = told;
    }

    @Override
    public void flush() {
      JsonObject now = latest;
      if (now != null && !outlet.isFull()) {
        Figures.of(told.lane(), now).ifPresent(this::tell);
      }
    }

    private void tell(Figures now) {
      Word word = now.since(told);
      told = now;
      if (word != null) {
        outlet.say(word);
      }
    }

    @Override
    public void end() {
      watchers.remove(this);
    }
  }
}
