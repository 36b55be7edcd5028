package io.gradelane.system;

import io.gradelane.testkit.EventClient;
import io.gradelane.testkit.EventClient.Heard;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One who watches a topic, over SSE or WebSocket, and goes to the other node with his cursor when one goes away. */
final class Viewer {

  /** What the viewers of one test share. */
  static final class Crowd implements AutoCloseable {
    final List<Integer> ports;
    private final Vertx vertx;
    private final HttpClient http;
    private final WebSocketClient sockets;
    private volatile boolean over;

    Crowd(Vertx vertx, int most, Integer... ports) {
      this.vertx = vertx;
      this.ports = List.of(ports);
      http = vertx.createHttpClient(
          new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(2 * most));
      sockets =
          vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(2 * most));
    }

    @Override
    public void close() {
      over = true;
      http.close();
      sockets.close();
    }
  }

  private static final long AGAIN_MILLIS = 50;

  private final Crowd crowd;
  private final String topic;
  private final String of;
  private final boolean socket;
  private int node;
  private volatile @Nullable String cursor;
  volatile int finished = -1;
  final AtomicInteger subscribed = new AtomicInteger();
  final AtomicInteger steered = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final AtomicInteger gaps = new AtomicInteger();

  /** @param number every second one uses a WebSocket, and every second pair begins on the other node */
  Viewer(Crowd crowd, int number, String topic, String of) {
    this.crowd = crowd;
    this.topic = topic;
    this.of = of;
    socket = number % 2 == 0;
    node = number / 2 % crowd.ports.size();
  }

  Viewer open() {
    EventClient client = socket ? socket() : events();
    client.ended().onComplete(gone -> {
      if (!crowd.over) {
        node = (node + 1) % crowd.ports.size();
        crowd.vertx.setTimer(AGAIN_MILLIS, timer -> open());
      }
    });
    return this;
  }

  private EventClient events() {
    String from = cursor == null ? "" : "&from=" + cursor;
    String uri = "/api/v1/events?" + topic + "=" + of + from;
    return EventClient.sse(crowd.http, port(), uri, Map.of(), this::hear);
  }

  private EventClient socket() {
    JsonObject subscribe =
        new JsonObject().put("type", "subscribe").put("id", "1").put(topic, of).put("from", cursor);
    return EventClient.ws(
        crowd.sockets, port(), "/api/v1/ws", Map.of(), List.of(subscribe), this::hear);
  }

  private int port() {
    return crowd.ports.get(node);
  }

  private void hear(Heard heard) {
    String next = heard.cursor();
    cursor = next == null ? cursor : next;
    switch (heard.type() + " " + heard.kind()) {
      case "subscribed " -> subscribed.incrementAndGet();
      case "gap " -> gaps.incrementAndGet();
      case "event steered" -> steered.incrementAndGet();
      case "event ended" -> ended.incrementAndGet();
      case "event job" -> job(heard.data().getJsonObject("job").getString("state"));
      default -> {}
    }
    JsonObject progress = heard.progress();
    if (progress != null) {
      finished = progress.getInteger("finished");
    }
  }

  private void job(String state) {
    if (state.equals("finished")) {
      ended.incrementAndGet();
    }
  }
}
