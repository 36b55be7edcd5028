package io.gradelane.api.watch;

import io.gradelane.api.access.Admission;
import io.gradelane.api.access.KeyRing;
import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.api.v1.PoolFigures;
import io.gradelane.api.v1.Problem;
import io.gradelane.cluster.ServerMap;
import io.gradelane.settings.Settings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/events} (server-sent events), {@code /api/v1/ws} (WebSocket) and {@code /api/v1/tickets}. Belongs to the
 * context of its verticle.
 */
public final class WatchRoom {

  /** Seconds between two pings. */
  static final int PING_SECONDS = 15;

  /** A stream that so many pings have met unread is closed. */
  static final int PATIENCE_PINGS = 4;

  /** A hint that was lost is made up for. */
  private static final int LOOK_SECONDS = 2;

  private static final long MOST_BODY_BYTES = 16 << 10;
  private static final String EVENTS = "/api/v1/events";
  private static final String SOCKET = "/api/v1/ws";
  private static final String TICKETS = "/api/v1/tickets";
  private static final Map<String, HttpMethod> METHODS =
      Map.of(EVENTS, HttpMethod.GET, SOCKET, HttpMethod.GET, TICKETS, HttpMethod.POST);

  private final KeyRing keys;
  private final Origins origins;
  private final Desk desk;
  private final Followers followers;
  private final FigureFeed figures;
  private final Streams streams;
  private final Tickets tickets;
  private final String node;
  private long seconds;

  private WatchRoom(
      KeyRing keys,
      Origins origins,
      Followers followers,
      FigureFeed figures,
      Streams streams,
      Tickets tickets,
      String node) {
    this.keys = keys;
    this.origins = origins;
    this.desk = new Desk(followers, figures);
    this.followers = followers;
    this.figures = figures;
    this.streams = streams;
    this.tickets = tickets;
    this.node = node;
  }

  /** @param random must be hard to guess */
  public static WatchRoom open(
      Vertx vertx,
      Settings settings,
      String node,
      ServerMap servers,
      JobDoor jobs,
      KeyRing keys,
      RandomGenerator random,
      LongSupplier nanos) {
    String pool = settings.pool().name();
    boolean locked = !settings.access().keys().isEmpty();
    PoolFigures figures = new PoolFigures(vertx.eventBus(), pool, node, servers);
    return new WatchRoom(
        keys,
        new Origins(settings.http().corsOrigins(), locked),
        new Followers(vertx, jobs, pool),
        new FigureFeed(figures::read),
        new Streams(random),
        new Tickets(vertx, pool, random, nanos),
        node);
  }

  /** WebSocket subprotocols that are spoken. */
  public static List<String> protocols() {
    return List.of(Socket.PROTOCOL);
  }

  /** Most bytes of a message from a WebSocket. */
  public static int mostMessageBytes() {
    return Socket.MOST_MESSAGE_BYTES;
  }

  public static boolean takes(String path) {
    return METHODS.containsKey(path);
  }

  /** To be called once a second. */
  public void tick() {
    seconds++;
    figures.look();
    if (seconds % LOOK_SECONDS == 0) {
      followers.lookAtAll();
    }
    if (seconds % PING_SECONDS == 0) {
      streams.ping();
    }
  }

  /** Sends everybody to another node, and takes nobody any more. */
  public Future<Void> leave() {
    return streams.leave();
  }

  /** Open streams. */
  public int count() {
    return streams.count();
  }

  public void answer(Exchange exchange) {
    String path = exchange.target().path();
    exchange.takenBy(Problem.VOICE, path);
    HttpMethod expected = METHODS.get(path);
    if (!exchange.request().method().equals(expected)) {
      exchange.put(HttpHeaders.ALLOW, String.valueOf(expected));
      exchange.fail(
          405, "method_not_allowed", exchange.request().method() + " (expected: " + expected + ")");
      return;
    }
    try {
      switch (path) {
        case EVENTS -> events(exchange);
        case SOCKET -> socket(exchange);
        default -> ticket(exchange);
      }
    } catch (Refusal refusal) {
      refuse(exchange, refusal);
    }
  }

  // --- server-sent events

  private void events(Exchange exchange) {
    origins.check(exchange);
    Topic topic = Topic.parse(exchange.request()::getParam);
    String last = exchange.header(Headers.LAST_EVENT_ID);
    String from = last == null ? exchange.request().getParam("from") : last;
    admitted(exchange)
        .compose(tenant -> {
          streams.admit(tenant.name());
          SseStream stream = new SseStream(exchange, streams, tenant, hello());
          return desk.subscribe(topic, from, tenant, stream).onSuccess(stream::tells);
        })
        .onFailure(failure -> refuse(exchange, failure));
  }

  // --- WebSocket

  private void socket(Exchange exchange) {
    origins.check(exchange);
    if (!exchange.request().canUpgradeToWebSocket()) {
      exchange.put(HttpHeaders.UPGRADE, "websocket");
      exchange.fail(426, "upgrade_required", "A WebSocket handshake is expected here");
      return;
    }
    String offered = exchange.header("Sec-WebSocket-Protocol");
    if (offered == null || !List.of(offered.split("\\s*,\\s*")).contains(Socket.PROTOCOL)) {
      throw Refusal.malformed("Sec-WebSocket-Protocol: '" + (offered == null ? "" : offered)
          + "' (expected: " + Socket.PROTOCOL + ")");
    }
    admitted(exchange)
        .compose(tenant -> {
          streams.admit(tenant.name());
          return exchange
              .upgrade()
              .onSuccess(opened -> Socket.open(opened, desk, streams, tenant, hello()));
        })
        .onFailure(failure -> refuse(exchange, failure));
  }

  // --- who asks

  private void ticket(Exchange exchange) {
    Tenant tenant = tenant(exchange);
    if (tenant == null) {
      throw Refusal.unauthorized();
    }
    exchange.readBody(MOST_BODY_BYTES, body -> {
      try {
        JsonObject json = new JsonObject()
            .put("ticket", tickets.issue(tenant))
            .put("expiresIn", Tickets.LIFE.toSeconds());
        exchange.put(HttpHeaders.CACHE_CONTROL, "no-store");
        exchange.answer(201, Headers.JSON, json.toBuffer());
      } catch (Refusal refusal) {
        refuse(exchange, refusal);
      }
    });
  }

  /** By its key, else by the ticket in its query. */
  private Future<Tenant> admitted(Exchange exchange) {
    Tenant tenant = tenant(exchange);
    String ticket = exchange.request().getParam("ticket");
    if (tenant != null) {
      return Future.succeededFuture(tenant);
    }
    return ticket == null
        ? Future.failedFuture(Refusal.unauthorized())
        : tickets.redeem(ticket).recover(none -> Future.failedFuture(Refusal.used()));
  }

  private @Nullable Tenant tenant(Exchange exchange) {
    return keys.admit(exchange) instanceof Admission.Known known ? known.tenant() : null;
  }

  private Word hello() {
    JsonObject data = new JsonObject()
        .put("protocol", Socket.PROTOCOL)
        .put("node", node)
        .put("ping", PING_SECONDS);
    return Word.plain(Word.Type.HELLO, data);
  }

  private static void refuse(Exchange exchange, Throwable failure) {
    Refusal refusal = Refusal.of(failure);
    if (refusal.isTemporary()) {
      exchange.put(Headers.RETRY_AFTER, "2");
    }
    if (refusal.isUnauthorized()) {
      exchange.put("WWW-Authenticate", "Bearer");
    }
    refusal.problem().answer(exchange);
  }
}
