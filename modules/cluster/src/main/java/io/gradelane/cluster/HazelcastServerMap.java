package io.gradelane.cluster;

import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.map.listener.EntryRemovedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.gradelane.core.server.ServerEntry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server map of a cluster, in Hazelcast. Every node keeps a copy of the whole: it follows the map's events, and now and
 * then reads the map again, since an event may be lost when members go. Thread-safe.
 */
final class HazelcastServerMap implements ServerMap {

  static final String NAME = "gradelane.servers";

  private static final Logger log = LoggerFactory.getLogger(HazelcastServerMap.class);
  private static final long READ_AGAIN_MILLIS = 5_000;

  private final Vertx vertx;
  private final IMap<String, byte[]> map;
  private final ServerTable table = new ServerTable();
  private final Listeners<Map<String, ServerEntry>> listeners;
  private final AtomicBoolean reading = new AtomicBoolean();
  private volatile boolean closed;

  private HazelcastServerMap(Vertx vertx, HazelcastInstance hazelcast) {
    this.vertx = vertx;
    map = hazelcast.getMap(NAME);
    listeners = new Listeners<>(vertx, table::all);
  }

  /** Ends when this node's copy is filled. */
  static Future<HazelcastServerMap> open(Vertx vertx, HazelcastInstance hazelcast) {
    HazelcastServerMap opened = new HazelcastServerMap(vertx, hazelcast);
    return vertx
        .executeBlocking(opened::follow, false)
        .compose(following -> opened.readAgain())
        .onSuccess(filled -> vertx.setPeriodic(READ_AGAIN_MILLIS, timer -> opened.tick(timer)))
        .map(opened);
  }

  /** Stops to read; does no harm to the map. */
  void close() {
    closed = true;
  }

  @Override
  public Map<String, ServerEntry> snapshot() {
    return table.all();
  }

  @Override
  public Future<Boolean> replace(
      String id, @Nullable ServerEntry expected, @Nullable ServerEntry next) {
    ServerMap.requireReplaceable(id, expected, next);
    long version = ServerTable.version(expected);
    ReplaceVersion step = new ReplaceVersion(version, next == null ? null : ServerForm.write(next));
    return Future.fromCompletionStage(map.submitToKey(id, step), vertx.getOrCreateContext())
        .map(done -> {
          if (done) {
            table.wrote(id, version, next);
            listeners.changed();
          }
          return done;
        });
  }

  @Override
  public Runnable listen(Consumer<Map<String, ServerEntry>> listener) {
    return listeners.add(listener);
  }

  /** Reads the whole map, once more if it has changed meanwhile. Never fails; one reading at a time. */
  Future<Void> readAgain() {
    return readAgain(false);
  }

  private Future<Void> readAgain(boolean regular) {
    if (closed || !reading.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    return vertx
        .executeBlocking(() -> readUntilAdopted(regular), false)
        .onComplete(read -> reading.set(false))
        .onSuccess(changed -> {
          if (changed) {
            listeners.changed();
          }
        })
        .otherwise(cause -> {
          log.debug("the server map could not be read", cause);
          return false;
        })
        .mapEmpty();
  }

  private void tick(long timer) {
    if (closed) {
      vertx.cancelTimer(timer);
    } else {
      readAgain(true);
    }
  }

  private boolean readUntilAdopted(boolean regular) {
    Map<String, ServerEntry> before;
    Map<String, ServerEntry> read;
    long begun;
    do {
      before = table.all();
      begun = table.changes();
      read = read();
    } while (!table.adopt(read, begun, regular));
    return !before.equals(table.all());
  }

  private Map<String, ServerEntry> read() {
    Map<String, ServerEntry> read = new HashMap<>();
    map.entrySet()
        .forEach(
            one -> readable(one.getKey(), one.getValue(), entry -> read.put(one.getKey(), entry)));
    return read;
  }

  private UUID follow() {
    return map.addEntryListener(new Follower(), true);
  }

  private static void readable(String id, byte[] bytes, Consumer<ServerEntry> then) {
    try {
      then.accept(ServerForm.read(bytes));
    } catch (IllegalArgumentException unreadable) {
      log.atWarn()
          .addKeyValue("server", id)
          .setCause(unreadable)
          .log("an entry of the server map can't be read; it is left out");
    }
  }

  /** Called on Hazelcast's threads, for each key in the order of its changes. */
  private final class Follower
      implements EntryAddedListener<String, byte[]>,
          EntryUpdatedListener<String, byte[]>,
          EntryRemovedListener<String, byte[]>,
          EntryMergedListener<String, byte[]> {

    @Override
    public void entryAdded(EntryEvent<String, byte[]> event) {
      heard(event);
    }

    @Override
    public void entryUpdated(EntryEvent<String, byte[]> event) {
      heard(event);
    }

    @Override
    public void entryRemoved(EntryEvent<String, byte[]> event) {
      if (table.heardRemoved(event.getKey(), ServerForm.version(event.getOldValue()))) {
        listeners.changed();
      }
    }

    /** Of two entries with the same version one was dropped, so only reading tells. */
    @Override
    public void entryMerged(EntryEvent<String, byte[]> event) {
      heard(event);
      readAgain();
    }

    private void heard(EntryEvent<String, byte[]> event) {
      readable(event.getKey(), event.getValue(), entry -> {
        if (table.heard(entry)) {
          listeners.changed();
        }
      });
    }
  }
}
