package io.gradelane.jobe.client;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request under way. Ends once; what comes later is ignored. */
final class Call {

  private final JobeClient client;
  private final Peer peer;
  private final RequestOptions options;
  private final Consumer<MultiMap> headers;
  private final @Nullable Buffer body;
  private final long started;
  private final long deadline;
  private final Promise<JobeReply> promise = Promise.promise();

  /** Where it stands in the client's list of calls. */
  int place;

  private @Nullable HttpClientConnection connection;
  private @Nullable HttpClientRequest request;
  private @Nullable HttpClientResponse response;
  private @Nullable Buffer received;
  private int length;
  private boolean copied;
  private boolean ended;

  /** @param headers writes them, once there is something to write them to */
  Call(
      JobeClient client,
      Peer peer,
      RequestOptions options,
      Consumer<MultiMap> headers,
      @Nullable Buffer body,
      long started,
      long deadline) {
    this.client = client;
    this.peer = peer;
    this.options = options;
    this.headers = headers;
    this.body = body;
    this.started = started;
    this.deadline = deadline;
  }

  Future<JobeReply> future() {
    return promise.future();
  }

  boolean isLate(long now) {
    return now - deadline >= 0;
  }

  void connected(AsyncResult<HttpClientConnection> result) {
    if (result.failed()) {
      lost(connectWord(result.cause()));
      return;
    }
    HttpClientConnection fresh = result.result();
    fresh.closeHandler(gone -> peer.forget(fresh));
    fresh.exceptionHandler(broken -> {});
    if (ended) {
      client.recycle(peer, fresh);
    } else {
      on(fresh);
    }
  }

  void on(HttpClientConnection usable) {
    connection = usable;
    usable.request(options).onComplete(this::send);
  }

  private void send(AsyncResult<HttpClientRequest> result) {
    if (result.failed()) {
      lost(JobeLost.RESET);
      return;
    }
    HttpClientRequest ready = result.result();
    request = ready;
    if (ended) {
      ready.reset();
      return;
    }
    try {
      headers.accept(ready.headers());
    } catch (IllegalArgumentException unfit) {
      unsaid(ready, unfit);
      return;
    }
    Future<HttpClientResponse> answer = body == null ? ready.send() : ready.send(body);
    answer.onComplete(this::answered);
  }

  /** A value that no header can have: it would never be sent, by any server's connection. */
  private void unsaid(HttpClientRequest ready, IllegalArgumentException unfit) {
    end();
    ready.reset();
    promise.fail(unfit);
  }

  private void answered(AsyncResult<HttpClientResponse> result) {
    if (ended) {
      return;
    }
    if (result.failed()) {
      lost(word(result.cause()));
      return;
    }
    response = result
        .result()
        .exceptionHandler(broken -> lost(word(broken)))
        .handler(this::received)
        .endHandler(last -> complete());
  }

  /** Most answers are one chunk, which is kept as it is. */
  private void received(Buffer chunk) {
    if (ended) {
      return;
    }
    if (chunk.length() > JobeClient.MAX_REPLY_BYTES - length) {
      lost(JobeLost.TOO_LARGE);
      return;
    }
    length += chunk.length();
    if (received == null) {
      received = chunk;
    } else if (copied) {
      received.appendBuffer(chunk);
    } else {
      received = Buffer.buffer(2 * length).appendBuffer(received).appendBuffer(chunk);
      copied = true;
    }
  }

  private void complete() {
    HttpClientResponse whole = response;
    if (ended || whole == null || connection == null) {
      return;
    }
    end();
    long now = client.now();
    if (isReusable(whole)) {
      client.recycle(peer, connection);
    }
    promise.complete(new JobeReply(
        whole.statusCode(),
        whole.getHeader(HttpHeaders.CONTENT_TYPE),
        received == null ? Buffer.buffer() : received,
        (int) ((now - started) / 1_000_000)));
  }

  private static boolean isReusable(HttpClientResponse response) {
    return response.version() == HttpVersion.HTTP_1_1
        && !HttpHeaders.CLOSE
            .toString()
            .equalsIgnoreCase(response.getHeader(HttpHeaders.CONNECTION));
  }

  /** Gives up: the connection is closed, since the server may still answer on it. */
  void lost(String word) {
    if (ended) {
      return;
    }
    end();
    boolean sent = request != null;
    if (request != null) {
      request.reset();
    }
    promise.fail(new JobeLost(word, sent));
  }

  private void end() {
    ended = true;
    client.ended(this);
  }

  private static String connectWord(Throwable cause) {
    return cause instanceof io.netty.channel.ConnectTimeoutException
        ? JobeLost.TIMEOUT
        : JobeLost.REFUSED;
  }

  private static String word(Throwable cause) {
    if (cause instanceof TimeoutException) {
      return JobeLost.TIMEOUT;
    }
    return cause instanceof IOException || cause instanceof io.vertx.core.http.HttpClosedException
        ? JobeLost.RESET
        : JobeLost.GARBAGE;
  }
}
