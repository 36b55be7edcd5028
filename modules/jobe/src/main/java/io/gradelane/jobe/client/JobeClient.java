package io.gradelane.jobe.client;

import io.gradelane.core.server.ServerSpec;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.tracing.TracingPolicy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Talks to Jobe servers over HTTP/1.1 with connections that are kept for 4 s at most: an Apache closes its own after 5 s
 * and each occupies one of its workers.
 *
 * <p>It counts no slots: whoever calls holds a permit, so a server never gets more calls than it has slots, and no call
 * ever waits for a connection. Made and used on one context. Every failure is a {@link JobeLost}; nothing is ever sent
 * twice.
 */
public final class JobeClient {

  /** The largest answer that is accepted, in bytes. */
  public static final int MAX_REPLY_BYTES = 64 << 20;

  private static final long MAX_IDLE_NANOS = 4_000_000_000L;
  private static final long SWEEP_MILLIS = 200;
  private static final int CONNECT_MILLIS = 2_000;

  private static final CharSequence JSON =
      HttpHeaders.createOptimized("application/json; charset=utf-8");
  private static final CharSequence API_KEY = HttpHeaders.createOptimized("X-API-KEY");
  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("X-Request-Id");
  private static final CharSequence TRACEPARENT = HttpHeaders.createOptimized("traceparent");
  private static final CharSequence JOB_ID = HttpHeaders.createOptimized("X-CodeRunner-Job-Id");
  private static final CharSequence ACCEPT_JSON = HttpHeaders.createOptimized("application/json");

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final HttpClientAgent client;
  private final Map<URI, Peer> peers = new HashMap<>();
  private final List<Call> underWay = new ArrayList<>();
  private boolean sweeping;

  /** @param nanos a ticker such as {@code System::nanoTime} */
  public JobeClient(Vertx vertx, LongSupplier nanos) {
    this.vertx = vertx;
    this.nanos = nanos;
    client = vertx
        .httpClientBuilder()
        .with(new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(true)
            .setPipelining(false)
            .setDecompressionSupported(false)
            .setConnectTimeout(CONNECT_MILLIS)
            .setTracingPolicy(TracingPolicy.IGNORE))
        .build();
  }

  /**
   * Posts a run spec.
   *
   * @param body {@code {"run_spec": …}} as it is to be sent
   * @param timeout for the whole call, connecting included; met to a fifth of a second
   */
  public Future<JobeReply> run(
      ServerSpec server, Buffer body, CallContext context, Duration timeout) {
    return send(HttpMethod.POST, server, "runs", body, context, timeout);
  }

  /** Puts a file under its MD5; {@code content} is the file itself. */
  public Future<JobeReply> putFile(
      ServerSpec server, String md5, Buffer content, CallContext context, Duration timeout) {
    return send(HttpMethod.PUT, server, "files/" + md5, filePut(content), context, timeout);
  }

  /** Asks for the languages: id, in lower case, to version, in the server's order. Never empty. */
  public Future<Map<String, String>> languages(ServerSpec server, Duration timeout) {
    return send(HttpMethod.GET, server, "languages", null, CallContext.of("languages"), timeout)
        .map(LanguageList::read);
  }

  /** Breaks off what is under way and closes every connection. Safe twice. */
  public Future<Void> close() {
    for (Call call : List.copyOf(underWay)) {
      call.lost(JobeLost.CLOSED);
    }
    peers.clear();
    return client.close();
  }

  private Future<JobeReply> send(
      HttpMethod method,
      ServerSpec server,
      String resource,
      @Nullable Buffer body,
      CallContext context,
      Duration timeout) {
    Peer peer = peers.computeIfAbsent(server.url(), Peer::new);
    RequestOptions options = new RequestOptions().setMethod(method).setURI(peer.path(resource));
    long now = now();
    Call call = new Call(
        this,
        peer,
        options,
        headers -> write(headers, server, body != null, context),
        body,
        now,
        now + timeout.toNanos());
    begin(call);
    HttpClientConnection idle = peer.take(now, MAX_IDLE_NANOS);
    if (idle != null) {
      call.on(idle);
    } else {
      client.connect(peer.options()).onComplete(call::connected);
    }
    return call.future();
  }

  private static void write(
      MultiMap headers, ServerSpec server, boolean withBody, CallContext context) {
    if (withBody) {
      headers.set(HttpHeaders.CONTENT_TYPE, JSON);
    }
    headers.set(HttpHeaders.ACCEPT, ACCEPT_JSON).set(REQUEST_ID, context.requestId());
    set(headers, API_KEY, server.apiKey());
    set(headers, TRACEPARENT, context.traceparent());
    set(headers, JOB_ID, context.jobId());
  }

  private static void set(MultiMap headers, CharSequence name, @Nullable String value) {
    if (value != null) {
      headers.set(name, value);
    }
  }

  private static Buffer filePut(Buffer content) {
    byte[] base64 = Base64.getEncoder().encode(content.getBytes());
    return Buffer.buffer(base64.length + 24)
        .appendBytes("{\"file_contents\":\"".getBytes(StandardCharsets.US_ASCII))
        .appendBytes(base64)
        .appendBytes("\"}".getBytes(StandardCharsets.US_ASCII));
  }

  long now() {
    return nanos.getAsLong();
  }

  void recycle(Peer peer, HttpClientConnection connection) {
    peer.put(connection, now());
  }

  private void begin(Call call) {
    call.place = underWay.size();
    underWay.add(call);
    if (!sweeping) {
      sweeping = true;
      vertx.setTimer(SWEEP_MILLIS, this::sweep);
    }
  }

  /** The last of the list takes its place, so that ending costs the same however many are under way. */
  void ended(Call call) {
    Call last = underWay.removeLast();
    if (last != call) {
      underWay.set(call.place, last);
      last.place = call.place;
    }
  }

  /** One timer for every deadline and every idle connection, and none while there is nothing to watch. */
  private void sweep(long timer) {
    long now = now();
    for (Call call : underWay.stream().filter(each -> each.isLate(now)).toList()) {
      call.lost(JobeLost.TIMEOUT);
    }
    peers.values().forEach(peer -> peer.sweep(now, MAX_IDLE_NANOS));
    sweeping = !underWay.isEmpty() || peers.values().stream().anyMatch(Peer::hasIdle);
    if (sweeping) {
      vertx.setTimer(SWEEP_MILLIS, this::sweep);
    }
  }
}
