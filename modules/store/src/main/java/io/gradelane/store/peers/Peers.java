package io.gradelane.store.peers;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Asks the other nodes for files, all at once: the first that has it counts. */
final class Peers {

  private static final int CONNECTIONS = 8;
  private static final Buffer NOTHING = Buffer.buffer();

  private final HttpClient client;
  private final Supplier<List<String>> addresses;
  private final Pass pass;
  private final Duration lookUp;
  private final Duration fetch;

  /**
   * @param addresses {@code host:port} of each other node now
   * @param lookUp how long to wait for those that don't answer whether they know a name
   * @param fetch how long a content may take
   */
  Peers(
      Vertx vertx,
      Supplier<List<String>> addresses,
      String secret,
      Duration lookUp,
      Duration fetch) {
    this.addresses = addresses;
    this.lookUp = lookUp;
    this.fetch = fetch;
    pass = Pass.of(secret);
    client = vertx.createHttpClient(
        new HttpClientOptions()
            .setConnectTimeout((int) lookUp.toMillis())
            .setTcpNoDelay(true)
            .setKeepAliveTimeout(30),
        new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /** The MD5 of what the tenant calls by that id, on the first node that knows. Never fails. */
  Future<Optional<String>> digest(String tenant, String id) {
    return first(address -> ask(HttpMethod.GET, address, name(tenant, id), NOTHING, lookUp))
        .map(found -> found.map(Buffer::toString));
  }

  /** The content, unproven. Never fails. */
  Future<Optional<Buffer>> content(String md5) {
    return first(address -> ask(HttpMethod.GET, address, "/files/" + md5, NOTHING, fetch));
  }

  /** Tells a tenant's name for a content. Never fails; a node that does not hear of it knows the last one that it heard. */
  Future<Void> name(String tenant, String id, String md5) {
    Buffer body = Buffer.buffer(md5);
    return Future.join(addresses.get().stream()
            .map(address -> ask(HttpMethod.PUT, address, name(tenant, id), body, lookUp))
            .toList())
        .mapEmpty();
  }

  Future<Void> close() {
    return client.close();
  }

  private interface Question {
    Future<Optional<Buffer>> to(String address);
  }

  private Future<Optional<Buffer>> first(Question question) {
    List<Future<Optional<Buffer>>> asked =
        addresses.get().stream().map(question::to).toList();
    if (asked.isEmpty()) {
      return Future.succeededFuture(Optional.empty());
    }
    return Future.future(found -> {
      AtomicInteger left = new AtomicInteger(asked.size());
      asked.forEach(each -> each.onSuccess(answer -> {
        boolean last = left.decrementAndGet() == 0;
        if (answer.isPresent() || last) {
          found.tryComplete(answer);
        }
      }));
    });
  }

  /** Empty if it has none, or does not say in time. Never fails. */
  private Future<Optional<Buffer>> ask(
      HttpMethod method, String address, String uri, Buffer sent, Duration patience) {
    int colon = address.lastIndexOf(':');
    RequestOptions request = new RequestOptions()
        .setMethod(method)
        .setHost(address.substring(0, colon).replaceAll("[\\[\\]]", ""))
        .setPort(Integer.parseInt(address.substring(colon + 1)))
        .setURI(uri)
        .putHeader(Pass.HEADER, pass.value());
    return client
        .request(request)
        .compose(opened -> opened.send(sent).compose(Peers::body))
        .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(Optional.empty());
  }

  private static Future<Optional<Buffer>> body(HttpClientResponse response) {
    return response
        .body()
        .map(body -> response.statusCode() == 200 ? Optional.of(body) : Optional.empty());
  }

  private static String name(String tenant, String id) {
    return "/names/" + id + "?" + PeerFileServer.TENANT + "="
        + URLEncoder.encode(tenant, StandardCharsets.UTF_8);
  }
}
