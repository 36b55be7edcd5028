package io.gradelane.cluster;

import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Collections;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The server map of a node that stands alone: in the heap, gone with the process. Thread-safe. */
public final class LocalServerMap implements ServerMap {

  private final Vertx vertx;
  /** Written by {@link #swap} alone, always a new map. */
  private volatile Map<String, ServerEntry> entries = Map.of();

  private final Queue<Listener> listeners = new ConcurrentLinkedQueue<>();

  public LocalServerMap(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Map<String, ServerEntry> snapshot() {
    return entries;
  }

  @Override
  public Future<Boolean> replace(
      String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
    ServerMap.requireReplaceable(id, expected, next);
    boolean done = swap(id, version(expected), next);
    if (done) {
      listeners.forEach(Listener::changed);
    }
    return Future.succeededFuture(done);
  }

  private synchronized boolean swap(String id, long expected, @Nullable ServerEntry next) {
    Map<String, ServerEntry> before = entries;
    if (version(before.get(id)) != expected) {
      return false;
    }
    entries = changed(before, id, next);
    return true;
  }

  private static long version(@Nullable ServerEntry entry) {
    return entry == null ? 0 : entry.version();
  }

  private static Map<String, ServerEntry> changed(
      Map<String, ServerEntry> before, String id, @Nullable ServerEntry next) {
    Map<String, ServerEntry> copy = new TreeMap<>(before);
    if (next == null) {
      copy.remove(id);
    } else {
      copy.put(id, next);
    }
    return Collections.unmodifiableMap(copy);
  }

  @Override
  public Runnable listen(Consumer<Map<String, ServerEntry>> listener) {
    Listener added = new Listener(vertx.getOrCreateContext(), listener);
    listeners.add(added);
    return added::stop;
  }

  /** Told of changes on any thread, tells its consumer on its own context; several changes may make one call. */
  private final class Listener {

    private final Context context;
    private final Consumer<Map<String, ServerEntry>> consumer;
    private final AtomicBoolean due = new AtomicBoolean();
    private volatile boolean stopped;

    Listener(Context context, Consumer<Map<String, ServerEntry>> consumer) {
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
        consumer.accept(snapshot());
      }
    }

    void stop() {
      stopped = true;
      listeners.remove(this);
    }
  }
}
