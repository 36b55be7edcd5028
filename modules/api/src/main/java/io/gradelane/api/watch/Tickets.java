package io.gradelane.api.watch;

import io.gradelane.api.access.Tenant;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tickets: each opens one stream, once, on any node, within half a minute. A ticket names who issued it and is kept there
 * alone; another node asks the issuer, who gives it out once. Belongs to one context.
 */
final class Tickets {

  static final Duration LIFE = Duration.ofSeconds(30);

  private static final int MOST = 10_000;
  private static final long ANSWER_MILLIS = 1_000;
  private static final int UNKNOWN = 404;
  private static final Pattern TICKET = Pattern.compile("([0-9a-f]{16})\\.([0-9a-f]{32})");

  private record Issued(Tenant tenant, long at) {}

  private final Vertx vertx;
  private final String pool;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final String self;
  private final Map<String, Issued> issued = new LinkedHashMap<>();

  /** @param random must be hard to guess */
  Tickets(Vertx vertx, String pool, RandomGenerator random, LongSupplier nanos) {
    this.vertx = vertx;
    this.pool = pool;
    this.random = random;
    this.nanos = nanos;
    self = hex();
    vertx.eventBus().<String>consumer(address(self), this::answer);
  }

  private String address(String issuer) {
    return "tickets." + pool + "." + issuer;
  }

  /** @throws Refusal if too many are out */
  String issue(Tenant tenant) {
    forgetOld();
    if (issued.size() >= MOST) {
      throw Refusal.tooMany(issued.size() + " tickets are out (limit: " + MOST + ")");
    }
    String secret = hex() + hex();
    issued.put(secret, new Issued(tenant, nanos.getAsLong()));
    return self + "." + secret;
  }

  /** Who it was issued to; fails if it is none, was used, is too old, or its issuer has gone. */
  Future<Tenant> redeem(String ticket) {
    var parts = TICKET.matcher(ticket);
    if (!parts.matches()) {
      return Future.failedFuture("no ticket");
    }
    String issuer = parts.group(1);
    String secret = parts.group(2);
    if (issuer.equals(self)) {
      return Future.succeededFuture(take(secret))
          .compose(tenant ->
              tenant == null ? Future.failedFuture("unknown") : Future.succeededFuture(tenant));
    }
    DeliveryOptions soon = new DeliveryOptions().setSendTimeout(ANSWER_MILLIS);
    return vertx
        .eventBus()
        .<JsonObject>request(address(issuer), secret, soon)
        .map(answer -> tenant(answer.body()));
  }

  private void answer(Message<String> question) {
    Tenant tenant = take(question.body());
    if (tenant == null) {
      question.fail(UNKNOWN, "no such ticket");
    } else {
      question.reply(json(tenant));
    }
  }

  private @Nullable Tenant take(String secret) {
    forgetOld();
    Issued found = issued.remove(secret);
    return found == null ? null : found.tenant;
  }

  /** The oldest come first. */
  private void forgetOld() {
    long now = nanos.getAsLong();
    Iterator<Issued> all = issued.values().iterator();
    while (all.hasNext() && now - all.next().at > LIFE.toNanos()) {
      all.remove();
    }
  }

  private String hex() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private static JsonObject json(Tenant tenant) {
    return new JsonObject()
        .put("name", tenant.name())
        .put("lanes", new JsonArray(List.copyOf(tenant.lanes())))
        .put("defaultLane", tenant.defaultLane())
        .put("scopes", new JsonArray(List.copyOf(tenant.scopes())));
  }

  private static Tenant tenant(JsonObject json) {
    return new Tenant(
        json.getString("name"),
        words(json.getJsonArray("lanes")),
        json.getString("defaultLane"),
        words(json.getJsonArray("scopes")));
  }

  private static Set<String> words(JsonArray array) {
    return array.stream().map(String::valueOf).collect(Collectors.toUnmodifiableSet());
  }
}
