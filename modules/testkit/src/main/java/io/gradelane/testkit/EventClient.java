package io.gradelane.testkit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.parsetools.RecordParser;
import io.vertx.core.streams.ReadStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One who watches over SSE or WebSocket, and keeps what is said. */
public final class EventClient implements AutoCloseable {

  /**
   * One thing that was said.
   *
   * @param type {@code hello}, {@code subscribed}, {@code event}, {@code gap}, {@code bye}, …; {@code ping} for comments
   * @param cursor that came with it, or null
   */
  public record Heard(String type, @Nullable String cursor, JsonObject data) {

    /** The batch's counts, where they are told. */
    public @Nullable JsonObject progress() {
      JsonObject batch = data.getJsonObject("batch");
      return batch == null ? data.getJsonObject("progress") : batch.getJsonObject("progress");
    }

    /** What has happened; empty for all but events. */
    public String kind() {
      return data.getString("kind", "");
    }
  }

  private final Collection<Heard> heard = new ConcurrentLinkedQueue<>();
  private final Consumer<Heard> listener;
  private final Promise<Integer> ended = Promise.promise();
  private final Promise<Integer> status = Promise.promise();
  private volatile Runnable closing = () -> {};
  private volatile @Nullable WebSocket socket;
  private volatile @Nullable ReadStream<?> stream;
  private String type = "";

  private EventClient(Consumer<Heard> listener) {
    this.listener = listener;
  }

  /**
   * @param uri path and query
   * @param listener is told at once, on the client's event loop
   */
  public static EventClient sse(
      HttpClient client,
      int port,
      String uri,
      Map<String, String> headers,
      Consumer<Heard> listener) {
    EventClient opened = new EventClient(listener);
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.GET)
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI(uri);
    headers.forEach(options::addHeader);
    client
        .request(options)
        .compose(HttpClientRequest::send)
        .onSuccess(opened::read)
        .onFailure(failure -> opened.failed(0));
    return opened;
  }

  /** @param first messages that are sent as soon as it is open */
  public static EventClient ws(
      WebSocketClient client,
      int port,
      String uri,
      Map<String, String> headers,
      List<JsonObject> first,
      Consumer<Heard> listener) {
    EventClient opened = new EventClient(listener);
    WebSocketConnectOptions options = new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI(uri)
        .setAllowOriginHeader(false)
        .addSubProtocol("gradelane.v1");
    headers.forEach(options::addHeader);
    client
        .connect(options)
        .onSuccess(socket -> opened.read(socket, first))
        .onFailure(failure -> opened.failed(
            failure instanceof UpgradeRejectedException refused ? refused.getStatus() : 0));
    return opened;
  }

  private void read(HttpClientResponse response) {
    stream = response;
    closing = () -> response.request().connection().close();
    status.complete(response.statusCode());
    response.exceptionHandler(broken -> ended.tryComplete(0));
    response.endHandler(end -> ended.tryComplete(0));
    response.handler(RecordParser.newDelimited("\n", line -> line(line.toString())));
  }

  private void line(String line) {
    if (line.startsWith("event: ")) {
      type = line.substring(7);
    } else if (line.startsWith("data: ")) {
      hear(type, new JsonObject(line.substring(6)));
    } else if (line.startsWith(":")) {
      hear("ping", new JsonObject());
    }
  }

  private void read(WebSocket opened, List<JsonObject> first) {
    socket = opened;
    stream = opened;
    closing = opened::close;
    opened.closeHandler(closed ->
        ended.tryComplete(opened.closeStatusCode() == null ? 0 : (int) opened.closeStatusCode()));
    opened.exceptionHandler(broken -> {});
    opened.textMessageHandler(text -> {
      JsonObject data = new JsonObject(text);
      hear(data.getString("type"), data);
    });
    first.forEach(message -> opened.writeTextMessage(message.encode()));
    status.complete(101);
  }

  private void hear(String what, JsonObject data) {
    Heard said = new Heard(what, data.getString("cursor"), data);
    heard.add(said);
    listener.accept(said);
  }

  private void failed(int with) {
    status.tryComplete(with);
    ended.tryComplete(0);
  }

  /** Says something, over WebSocket. */
  public void say(String text) {
    socket().writeTextMessage(text);
  }

  public void say(Buffer bytes) {
    socket().writeBinaryMessage(bytes);
  }

  /** Reads no more, so that what is sent fills the connection. */
  public void pause() {
    stream().pause();
  }

  public void resume() {
    stream().resume();
  }

  private ReadStream<?> stream() {
    status();
    return Objects.requireNonNull(stream);
  }

  private WebSocket socket() {
    status();
    return Objects.requireNonNull(socket);
  }

  /** Everything, pings left out. */
  public List<Heard> heard() {
    return heard.stream().filter(each -> !each.type.equals("ping")).toList();
  }

  /** Waits for something of that type whose kind, if it has one, is {@code kind}; the first such. */
  public Heard await(String what, String kind) {
    Eventually.await(
        what + " " + kind + " is heard, after status " + status.future().result() + " and "
            + heard(),
        () -> find(what, kind) != null);
    return Objects.requireNonNull(find(what, kind));
  }

  private @Nullable Heard find(String what, String kind) {
    return heard.stream()
        .filter(each -> each.type.equals(what) && each.kind().equals(kind))
        .findFirst()
        .orElse(null);
  }

  /** The answer's status, 101 for a WebSocket; 0 if there was none. */
  public int status() {
    return Blocking.get(status.future());
  }

  /** Ends with the close code of a WebSocket, or 0. */
  public Future<Integer> ended() {
    return ended.future();
  }

  @Override
  public void close() {
    closing.run();
  }
}
