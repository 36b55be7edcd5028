package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.core.server.ServerState;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What every {@link ServerMap} keeps to, whoever holds the entries. */
abstract class ServerMapContract {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  final Vertx vertx = Vertx.vertx();
  private final Context shared = vertx.getOrCreateContext();
  private final ServerMap map = open();

  /** An empty map on {@link #vertx}. */
  abstract ServerMap open();

  @AfterEach
  void closeVertx() throws Exception {
    get(vertx.close());
  }

  @Test
  void isEmptyAtFirst() {
    assertThat(map.snapshot()).isEmpty();
  }

  @Test
  void addsAnEntryOnlyWhereThereIsNone() throws Exception {
    assertThat(get(map.replace("a", null, entry("a", 1)))).isTrue();
    assertThat(get(map.replace("a", null, entry("a", 2)))).isFalse();
    assertThat(map.snapshot()).containsOnly(Map.entry("a", entry("a", 1)));
  }

  @Test
  void replacesOnlyTheVersionThatWasExpected() throws Exception {
    get(map.replace("a", null, entry("a", 1)));
    assertThat(get(map.replace("a", entry("a", 1), entry("a", 2)))).isTrue();
    assertThat(get(map.replace("a", entry("a", 1), entry("a", 3)))).isFalse();
    assertThat(map.snapshot()).containsOnly(Map.entry("a", entry("a", 2)));
  }

  @Test
  void removesOnlyTheVersionThatWasExpected() throws Exception {
    get(map.replace("a", null, entry("a", 4)));
    assertThat(get(map.replace("a", entry("a", 3), null))).isFalse();
    assertThat(get(map.replace("a", entry("a", 4), null))).isTrue();
    assertThat(map.snapshot()).isEmpty();
    assertThat(get(map.replace("a", entry("a", 4), entry("a", 5)))).isFalse();
  }

  @Test
  void listsServersInOrderOfId() throws Exception {
    for (String id : List.of("c", "a", "b")) {
      get(map.replace(id, null, entry(id, 1)));
    }
    assertThat(map.snapshot().keySet()).containsExactly("a", "b", "c");
  }

  @Test
  void aSnapshotNeverChanges() throws Exception {
    Map<String, ServerEntry> before = map.snapshot();
    get(map.replace("a", null, entry("a", 1)));
    assertThat(before).isEmpty();
    assertThat(map.snapshot()).isUnmodifiable();
  }

  @Test
  void refusesAnEntryThatCouldNotBeComparedLater() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.replace("a", entry("a", 2), entry("a", 2)))
        .withMessageContaining("expected: above 2");
    assertThatIllegalArgumentException().isThrownBy(() -> map.replace("a", null, entry("a", 0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> map.replace("a", null, entry("b", 1)))
        .withMessageContaining("expected: a");
  }

  @Test
  void ofManyWritersWhoExpectTheSameOneWins() throws Exception {
    get(map.replace("a", null, entry("a", 1)));
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      List<CompletableFuture<Boolean>> tries = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        long version = 2L + i;
        tries.add(CompletableFuture.supplyAsync(
                () -> map.replace("a", entry("a", 1), entry("a", version)), writers)
            .thenCompose(future -> future.toCompletionStage()));
      }
      List<Boolean> won = new ArrayList<>();
      for (CompletableFuture<Boolean> each : tries) {
        won.add(each.get(20, TimeUnit.SECONDS));
      }
      assertThat(won).containsOnlyOnce(true);
    }
  }

  @Test
  void tellsAListenerOnItsOwnContextOnATurnOfItsOwn() throws Exception {
    Context context = vertx.getOrCreateContext();
    BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    CompletableFuture<Boolean> inside = new CompletableFuture<>();
    context.runOnContext(turn -> {
      map.listen(snapshot -> {
        events.add(snapshot.keySet());
        inside.complete(context.equals(vertx.getOrCreateContext()));
      });
      map.replace("a", null, entry("a", 1));
      events.add("the turn that changed it has ended");
    });
    assertThat(events.poll(20, TimeUnit.SECONDS)).isEqualTo("the turn that changed it has ended");
    assertThat(events.poll(20, TimeUnit.SECONDS)).hasToString("[a]");
    assertThat(inside.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theLastChangeAlwaysReachesAListener() throws Exception {
    BlockingQueue<Map<String, ServerEntry>> seen = listening();
    get(map.replace("a", null, entry("a", 1)));
    for (long version = 1; version < 500; version++) {
      get(map.replace("a", entry("a", version), entry("a", version + 1)));
    }
    Map<String, ServerEntry> last;
    do {
      last = seen.poll(20, TimeUnit.SECONDS);
      assertThat(last).as("the 500th change").isNotNull();
    } while (!last.containsValue(entry("a", 500)));
    assertThat(last).isEqualTo(map.snapshot());
  }

  @Test
  void aChangeThatWasNotMadeIsNotTold() throws Exception {
    BlockingQueue<Map<String, ServerEntry>> seen = listening();
    get(map.replace("a", entry("a", 7), entry("a", 8)));
    get(map.replace("b", null, entry("b", 1)));
    assertThat(seen.poll(20, TimeUnit.SECONDS)).containsOnlyKeys("b");
  }

  @Test
  void aListenerThatHasStoppedIsToldNothing() throws Exception {
    List<String> stopped = new ArrayList<>();
    Runnable stop = onContext(snapshot -> stopped.add("told"));
    BlockingQueue<Map<String, ServerEntry>> seen = listening();
    stop.run();
    stop.run();
    get(map.replace("a", null, entry("a", 1)));
    assertThat(seen.poll(20, TimeUnit.SECONDS)).isNotNull();
    assertThat(stopped).isEmpty();
  }

  /** Both listeners of a test share a context, so what the first is told, it is told before the second. */
  private Runnable onContext(Consumer<Map<String, ServerEntry>> listener) throws Exception {
    CompletableFuture<Runnable> handle = new CompletableFuture<>();
    shared.runOnContext(turn -> handle.complete(map.listen(listener)));
    return handle.get(20, TimeUnit.SECONDS);
  }

  private BlockingQueue<Map<String, ServerEntry>> listening() throws Exception {
    BlockingQueue<Map<String, ServerEntry>> seen = new LinkedBlockingQueue<>();
    onContext(seen::add);
    return seen;
  }

  static ServerEntry entry(String id, long version) {
    ServerSpec spec = new ServerSpec(id, URI.create("http://" + id), null, 4, 2, 1, Map.of());
    return new ServerEntry(spec, new ServerState.Unknown(NOW), Map.of(), version);
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
