package io.gradelane.api.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its one answer. Ends once, by an answer or because the caller has gone; whatever comes later is
 * ignored. Used on its verticle's context only.
 */
public final class Exchange {

  private static final Logger log = LoggerFactory.getLogger(Exchange.class);
  private static final Buffer NOTHING = Buffer.buffer();
  private static final int HTTP_OK = 200;
  private static final int SWITCHED = 101;

  private final Exchanges shared;
  private final HttpServerRequest request;
  private final Guest guest;
  private final Target target;
  private final String requestId;
  private final @Nullable String traceparent;
  private final long started;

  private Voice voice;
  private String path;
  private boolean closing;
  private boolean probe;
  private boolean streaming;
  private boolean over;
  private @Nullable RunNote note;
  private @Nullable Runnable onGone;

  Exchange(
      Exchanges shared,
      HttpServerRequest request,
      String requestId,
      @Nullable String traceparent,
      Voice voice) {
    this.shared = shared;
    this.request = request;
    this.requestId = requestId;
    this.traceparent = traceparent;
    this.voice = voice;
    guest = shared.guests.of(request.connection());
    target = Target.of(request.uri());
    path = target.path();
    started = shared.now();
    guest.enter(Guest.Stage.WAITING, started);
    request.response().closeHandler(closed -> gone());
    request.exceptionHandler(ignored -> {});
  }

  public HttpServerRequest request() {
    return request;
  }

  public Target target() {
    return target;
  }

  public String requestId() {
    return requestId;
  }

  /** To be sent on with whatever is asked of others for this request. */
  public @Nullable String traceparent() {
    return traceparent;
  }

  /** The path as it is logged. */
  String path() {
    return path;
  }

  public @Nullable String header(CharSequence name) {
    return request.headers().get(name);
  }

  /** Nanoseconds of the ticker at which it came. */
  public long started() {
    return started;
  }

  public boolean isOver() {
    return over;
  }

  /** From now on, errors are said in this voice, and {@code logged} stands for the path. */
  public Exchange takenBy(Voice next, String logged) {
    voice = next;
    path = logged;
    return this;
  }

  /** It comes every few seconds, from a machine that only wants to know how this one is. */
  public void probe() {
    probe = true;
  }

  boolean isProbe() {
    return probe;
  }

  /** Adds a header to the answer. */
  public Exchange put(CharSequence name, CharSequence value) {
    request.response().headers().set(name, value);
    return this;
  }

  /** What the access log will say of its run. */
  public void note(RunNote run) {
    note = run;
  }

  /** Calls {@code listener} if the caller goes away before there is an answer. */
  public void onGone(Runnable listener) {
    onGone = listener;
  }

  /**
   * Collects the body and hands it over; a body that is too long or broken is answered here. What {@code whole} throws
   * is answered as a failure of ours.
   *
   * @param limit most bytes
   */
  public void readBody(long limit, Consumer<Buffer> whole) {
    new Body(this, limit, whole).read();
  }

  /**
   * Sends the body on as it comes, no faster than it is taken. The request must have been paused if this is not called
   * where it came in.
   *
   * @param limit most bytes
   * @return how many came; fails if it did not come whole, and then the caller has been told or has gone
   */
  public Future<Long> pipeBody(long limit, BodySink to) {
    return new PipedBody(this, limit, to).pipe();
  }

  /** Whether an earlier request has had its connection closed behind it, so that this one must not be answered. */
  public boolean isUnheard() {
    return guest.isDismissed();
  }

  /** Answers. The body may be null for none. */
  public void answer(int status, @Nullable CharSequence contentType, @Nullable Buffer body) {
    if (over || streaming) {
      return;
    }
    HttpServerResponse response = begin(status, contentType);
    end(response, body == null ? NOTHING : body);
    shared.accessLog.answered(this, status, millis(), note);
  }

  /** Answers piece by piece; nothing else can be answered any more. */
  public Outflow answer(int status, CharSequence contentType) {
    begin(status, contentType).setChunked(true);
    return new Outflow(this);
  }

  private HttpServerResponse begin(int status, @Nullable CharSequence contentType) {
    over = true;
    HttpServerResponse response = request.response().setStatusCode(status);
    MultiMap headers = identified(response);
    if (contentType != null) {
      headers.set(HttpHeaders.CONTENT_TYPE, contentType);
    }
    return response;
  }

  /** The rest of the pieces won't be written. */
  void notWhole() {
    shared.accessLog.answered(this, AccessLog.GONE, millis(), note);
  }

  /** The last piece has been written. */
  void sent() {
    end(request.response(), NOTHING);
    shared.accessLog.answered(this, request.response().getStatusCode(), millis(), note);
  }

  private MultiMap identified(HttpServerResponse response) {
    MultiMap headers = response.headers().set(Headers.REQUEST_ID, requestId);
    return traceparent == null ? headers : headers.set(Headers.TRACEPARENT, traceparent);
  }

  /**
   * Begins an answer that is sent in parts, for as long as the caller stays or until {@link #endStream}. Nothing else can
   * be answered any more; that the caller goes is its usual end.
   */
  public HttpServerResponse stream(CharSequence contentType) {
    streaming = true;
    HttpServerResponse response = request.response().setChunked(true);
    identified(response).set(HttpHeaders.CONTENT_TYPE, contentType);
    return response;
  }

  /** The stream is over, and its connection with it. */
  public Future<Void> endStream() {
    if (over) {
      return Future.succeededFuture();
    }
    over = true;
    guest.dismiss();
    shared.accessLog.answered(this, HTTP_OK, millis(), note);
    return request
        .response()
        .end()
        .otherwiseEmpty()
        .eventually(() -> request.connection().close());
  }

  /** The connection becomes a WebSocket; what is wrong with the handshake is answered by the HTTP library. */
  public Future<ServerWebSocket> upgrade() {
    over = true;
    shared.guests.left(request.connection());
    shared.accessLog.answered(this, SWITCHED, millis(), note);
    return request.toWebSocket();
  }

  /** Closes the connection now, whatever the caller has not taken. */
  public void cut() {
    Guests.cut(request.connection());
  }

  private void end(HttpServerResponse response, Buffer body) {
    guest.enter(Guest.Stage.QUIET, shared.now());
    if (!closing && !shared.leaving()) {
      response.end(body);
      return;
    }
    guest.dismiss();
    if (!response.headWritten()) {
      response.headers().set(HttpHeaders.CONNECTION, Headers.CLOSE);
    }
    response.end(body).onComplete(sent -> closeOnceRead());
  }

  /** What is still being sent is swallowed first: a reset could overtake the answer. */
  private void closeOnceRead() {
    if (request.isEnded()) {
      request.connection().close();
    } else {
      guest.enter(Guest.Stage.SENDING, shared.now());
      request.handler(null).endHandler(last -> request.connection().close());
      request.resume();
    }
  }

  /** Says an error in the voice of whoever has taken the request. */
  public void fail(int status, String code, String detail) {
    voice.say(this, status, code, detail);
  }

  /** As {@link #fail}, and the connection is closed behind it: what follows on it can't be trusted, or is too much. */
  public void failAndClose(int status, String code, String detail) {
    closing = true;
    fail(status, code, detail);
  }

  /** Something of ours is broken: said without a word of what it was, which is for the log. */
  public void crash(Throwable cause) {
    log.atError()
        .setCause(cause)
        .addKeyValue("http.request.id", requestId)
        .log("a request met a fault of ours");
    fail(
        500,
        "internal",
        "The gateway met a fault of its own; it is in the log under this request id");
  }

  void receiving() {
    guest.enter(Guest.Stage.SENDING, shared.now());
  }

  void received() {
    guest.enter(Guest.Stage.WAITING, shared.now());
  }

  private void gone() {
    if (over) {
      return;
    }
    over = true;
    if (onGone != null) {
      onGone.run();
    }
    shared.accessLog.answered(this, streaming ? HTTP_OK : AccessLog.GONE, millis(), note);
  }

  private long millis() {
    return (shared.now() - started) / 1_000_000;
  }
}
