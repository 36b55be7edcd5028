package io.gradelane.api.hooks;

import io.gradelane.core.hook.HookUrl;
import io.gradelane.settings.Settings;
import io.gradelane.store.jobs.Deliveries.Due;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Posts deliveries. A name is looked up here, all its addresses are judged, and the connection goes to one that was: nobody
 * looks it up a second time. Redirects are not followed. Of an answer only the head is read.
 */
final class HookSender {

  private static final int CONNECT_MILLIS = 5_000;
  private static final String USER_AGENT = "Gradelane-Webhooks";

  private final Vertx vertx;
  private final HookRules rules;
  private final HostNames names;
  private final InstantSource clock;
  private final Duration patience;
  private final HttpClientAgent client;

  /**
   * @param patience so long an endpoint may take to answer
   * @param tls whom it trusts; the rest of the options is set here
   * @param perEndpoint most connections to one host and port
   */
  HookSender(
      Vertx vertx,
      HookRules rules,
      HostNames names,
      InstantSource clock,
      Duration patience,
      HttpClientOptions tls,
      int perEndpoint) {
    this.vertx = vertx;
    this.rules = rules;
    this.names = names;
    this.clock = clock;
    this.patience = patience;
    client = vertx
        .httpClientBuilder()
        .with(new HttpClientOptions(tls)
            .setProtocolVersion(HttpVersion.HTTP_1_1)
            .setKeepAlive(false)
            .setDecompressionSupported(false)
            .setConnectTimeout(CONNECT_MILLIS))
        .with(new PoolOptions().setHttp1MaxSize(perEndpoint))
        .build();
  }

  /** Never fails. */
  Future<HookAnswer> send(Due due) {
    HookUrl url;
    try {
      url = rules.read(due.url());
    } catch (IllegalArgumentException wrong) {
      return Future.succeededFuture(HookAnswer.none("url: " + wrong.getMessage()));
    }
    return names
        .find(url.host())
        .compose(found -> rules.addresses().mayReach(url.host(), found)
            ? post(due, url, found.getFirst())
            : Future.succeededFuture(HookAnswer.none(
                url.host() + " has an address that is not public, and not allowed")))
        .otherwise(failure -> HookAnswer.none(words(failure)));
  }

  Future<Void> close() {
    return client.close();
  }

  private Future<HookAnswer> post(Due due, HookUrl url, InetAddress address) {
    Buffer body = body(due);
    String id = "msg_" + due.id();
    long seconds = clock.instant().getEpochSecond();
    RequestOptions options = new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
        .setHost(url.host())
        .setPort(url.port())
        .setSsl(url.secure())
        .setURI(url.path())
        .setFollowRedirects(false)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.USER_AGENT, USER_AGENT)
        .putHeader("webhook-id", id)
        .putHeader("webhook-timestamp", String.valueOf(seconds))
        .putHeader("webhook-signature", HookSignature.of(due.secrets(), id, seconds, body));
    return client.request(options).compose(request -> send(request, body));
  }

  private Future<HookAnswer> send(HttpClientRequest request, Buffer body) {
    long timer = vertx.setTimer(patience.toMillis(), late -> request.reset());
    return request.send(body).map(this::read).onComplete(done -> {
      vertx.cancelTimer(timer);
      request.connection().close();
    });
  }

  private HookAnswer read(HttpClientResponse response) {
    return HookAnswer.of(
        response.statusCode(), response.getHeader(HttpHeaders.RETRY_AFTER), clock.instant());
  }

  private static Buffer body(Due due) {
    return new JsonObject()
        .put("type", due.event().word())
        .put("timestamp", due.at().toString())
        .put("data", due.data())
        .toBuffer();
  }

  private static String words(Throwable failure) {
    return failure instanceof UnknownHostException
        ? "the host is not known"
        : "no answer: " + failure.getClass().getSimpleName();
  }

  /** Trusts whom the JDK trusts. */
  static HookSender of(
      Vertx vertx, Settings.Webhooks settings, InstantSource clock, Duration patience) {
    return new HookSender(
        vertx,
        HookRules.of(settings),
        HostNames.system(vertx),
        clock,
        patience,
        new HttpClientOptions(),
        settings.perEndpoint());
  }
}
