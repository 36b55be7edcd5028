package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One WebSocket: many topics, each under an id that the caller has chosen. What is said to it is a JSON object with its
 * {@code type} and the {@code id}.
 */
final class Socket implements Stream {

  static final String PROTOCOL = "gradelane.v1";
  /** Beyond, the connection is cut without a word. */
  static final int MOST_MESSAGE_BYTES = 64 << 10;

  static final int MOST_MESSAGE_LENGTH = 16 << 10;
  static final int MOST_SUBSCRIPTIONS = 100;

  private static final int MOST_UNSENT_BYTES = 16 << 10;
  private static final int LONGEST_ID = 64;
  private static final short LEAVING = 1001;
  private static final short NO_TEXT = 1003;
  private static final short TOO_LONG = 1009;
  private static final short NOT_UNDERSTOOD = 4400;
  private static final short TOO_SLOW = 4408;

  private final ServerWebSocket socket;
  private final Desk desk;
  private final Streams streams;
  private final Tenant tenant;
  private final Map<String, Topical> topics = new LinkedHashMap<>();
  private boolean closed;
  private int unanswered;

  private Socket(ServerWebSocket socket, Desk desk, Streams streams, Tenant tenant) {
    this.socket = socket;
    this.desk = desk;
    this.streams = streams;
    this.tenant = tenant;
  }

  static void open(ServerWebSocket socket, Desk desk, Streams streams, Tenant tenant, Word hello) {
    Socket opened = new Socket(socket, desk, streams, tenant);
    socket.setWriteQueueMaxSize(MOST_UNSENT_BYTES);
    socket.exceptionHandler(broken -> {}).closeHandler(end -> opened.gone());
    socket.drainHandler(drained -> opened.roomAgain());
    socket.textMessageHandler(opened::heard);
    socket.binaryMessageHandler(bytes -> opened.close(NO_TEXT, "text is expected"));
    socket.pongHandler(pong -> opened.unanswered = 0);
    opened.say("", hello);
    streams.opened(opened);
  }

  @Override
  public String tenant() {
    return tenant.name();
  }

  private void gone() {
    closed = true;
    streams.closed(this);
    topics.values().forEach(Topical::end);
    topics.clear();
  }

  private void roomAgain() {
    List.copyOf(topics.values()).forEach(Topical::flush);
  }

  // --- what it hears

  private void heard(String text) {
    unanswered = 0;
    if (closed) {
      return;
    }
    if (text.length() > MOST_MESSAGE_LENGTH) {
      close(TOO_LONG, text.length() + " characters (limit: " + MOST_MESSAGE_LENGTH + ")");
      return;
    }
    JsonObject message = object(text);
    String id = message == null ? null : string(message, "id");
    String type = message == null ? null : string(message, "type");
    if (message == null || type == null || id == null || id.length() > LONGEST_ID) {
      problem(
          "",
          Refusal.malformed("A JSON object with type and id is expected (id: up to " + LONGEST_ID
              + " characters)"));
      close(NOT_UNDERSTOOD, "not understood");
      return;
    }
    switch (type) {
      case "subscribe" -> subscribe(id, message);
      case "unsubscribe" -> unsubscribe(id);
      default ->
        problem(id, Refusal.malformed("type: '" + type + "' (expected: subscribe or unsubscribe)"));
    }
  }

  private void subscribe(String id, JsonObject message) {
    if (topics.containsKey(id)) {
      problem(id, Refusal.malformed("id: '" + id + "' is in use (expected: another one)"));
    } else if (topics.size() >= MOST_SUBSCRIPTIONS) {
      problem(
          id,
          Refusal.tooMany(topics.size() + " subscriptions (limit: " + MOST_SUBSCRIPTIONS + ")"));
    } else {
      Topical topical = new Topical(id);
      topics.put(id, topical);
      Future.succeededFuture()
          .compose(now -> desk.subscribe(
              Topic.parse(name -> parameter(message, name)),
              string(message, "from"),
              tenant,
              topical))
          .onSuccess(topical::tells)
          .onFailure(failure -> {
            topics.remove(id, topical);
            problem(id, Refusal.of(failure));
          });
    }
  }

  /** The pool has no name: anything but false and null chooses it. */
  private static @Nullable String parameter(JsonObject message, String name) {
    Object value = message.getValue(name);
    return value == null || value.equals(false) ? null : value.toString();
  }

  private void unsubscribe(String id) {
    Topical topical = topics.remove(id);
    if (topical == null) {
      problem(id, Refusal.unknown("subscription"));
    } else {
      topical.end();
      say(id, Word.plain(Word.Type.UNSUBSCRIBED, new JsonObject()));
    }
  }

  private static @Nullable JsonObject object(String text) {
    try {
      return Json.decodeValue(text) instanceof JsonObject object ? object : null;
    } catch (DecodeException none) {
      return null;
    }
  }

  private static @Nullable String string(JsonObject message, String name) {
    return message.getValue(name) instanceof String text ? text : null;
  }

  // --- what it says

  private void problem(String id, Refusal refusal) {
    say(id, Word.plain(Word.Type.PROBLEM, refusal.json()));
  }

  /** @param id of the subscription; empty for what is about none */
  private void say(String id, Word word) {
    if (!closed) {
      String start = "{\"type\":\"" + word.type().word() + "\"";
      String about = id.isEmpty() ? "" : ",\"id\":" + Json.encode(id);
      String rest = word.text().length() > 2 ? "," + word.text().substring(1) : "}";
      socket.writeTextMessage(start + about + rest);
    }
  }

  @Override
  public void ping() {
    if (++unanswered > WatchRoom.PATIENCE_PINGS) {
      close(TOO_SLOW, "nothing was heard or read for long");
    } else if (!socket.writeQueueFull()) {
      socket.writePing(Buffer.buffer());
    }
  }

  @Override
  public Future<Void> bye(int retryMillis) {
    say(
        "",
        Word.plain(
            Word.Type.BYE,
            new JsonObject().put("reason", "this node leaves").put("retry", retryMillis)));
    return close(LEAVING, "this node leaves");
  }

  /** With the reason as the last frame: nothing follows it. */
  private Future<Void> close(short code, String reason) {
    if (closed) {
      return Future.succeededFuture();
    }
    gone();
    return socket.close(code, reason).otherwiseEmpty();
  }

  /** One subscription of this socket. */
  private final class Topical implements Outlet {

    private final String id;
    private @Nullable Subscription subscription;
    private boolean ended;

    Topical(String id) {
      this.id = id;
    }

    void tells(Subscription told) {
      subscription = told;
      if (ended) {
        told.end();
      }
    }

    void flush() {
      if (subscription != null) {
        subscription.flush();
      }
    }

    void end() {
      ended = true;
      if (subscription != null) {
        subscription.end();
      }
    }

    @Override
    public boolean isFull() {
      return ended || socket.writeQueueFull();
    }

    @Override
    public void say(Word word) {
      if (!ended) {
        Socket.this.say(id, word);
      }
    }
  }
}
