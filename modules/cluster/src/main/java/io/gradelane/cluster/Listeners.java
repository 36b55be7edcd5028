package io.gradelane.cluster;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Those who want to know when something has changed. Thread-safe; each is told on its own context. */
final class Listeners<T> {

  private final Vertx vertx;
  private final Supplier<T> snapshot;
  private final Queue<Listener> all = new ConcurrentLinkedQueue<>();

  /** @param snapshot what they are told: how things are when their turn has come */
  Listeners(Vertx vertx, Supplier<T> snapshot) {
    this.vertx = vertx;
    this.snapshot = snapshot;
  }

  /** @return stops it; safe twice */
  Runnable add(Consumer<T> consumer) {
    Listener added = new Listener(vertx.getOrCreateContext(), consumer);
    all.add(added);
    return added::stop;
  }

  void changed() {
    all.forEach(Listener::changed);
  }

  /** Told of changes on any thread, tells its consumer on its own context; several changes may make one call. */
  private final class Listener {

    private final Context context;
    private final Consumer<T> consumer;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean stopped;

    Listener(Context context, Consumer<T> consumer) {
      this.context = context;
      this.consumer = consumer;
    }

    void changed() {
      if (due.compareAndSet(false, true)) {
        context.runOnContext(turn -> tell());
      }
    }

    private void tell() {
      due.set(false);
      if (!stopped) {
        consumer.accept(snapshot.get());
      }
    }

    void stop() {
      stopped = true;
      all.remove(this);
    }
  }
}
