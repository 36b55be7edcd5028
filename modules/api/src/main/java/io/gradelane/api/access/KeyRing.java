package io.gradelane.api.access;

import io.gradelane.api.http.Exchange;
import io.gradelane.api.http.Headers;
import io.gradelane.settings.Settings;
import io.gradelane.settings.Settings.ApiKey;
import io.vertx.core.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The API keys, by their SHA-256. A key that is offered is compared with all of them, each in constant time, so nothing
 * can be learned from how long it takes. Used on one context only.
 */
public final class KeyRing {

  private static final String BEARER = "Bearer ";

  private static final class Entry {

    final byte[] sha256;
    final Tenant tenant;

    Entry(ApiKey key) {
      sha256 = HexFormat.of().parseHex(key.sha256());
      tenant = Tenant.of(key);
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private final Tenant anonymous;
  private final MessageDigest sha256;

  public KeyRing(Settings settings) {
    for (ApiKey key : settings.access().keys()) {
      entries.add(new Entry(key));
    }
    String firstLane = settings.pool().lanes().getFirst().name();
    Set<String> scopes = entries.isEmpty() ? Set.of(Tenant.RUN, Tenant.ADMIN) : Set.of();
    anonymous = Tenant.anonymous(firstLane, scopes);
    sha256 = sha256();
  }

  /** Who asks, or why nobody may. Without configured keys whatever is offered is ignored, as Jobe does. */
  public Admission admit(Exchange exchange) {
    if (entries.isEmpty()) {
      return new Admission.Known(anonymous);
    }
    String key = offered(exchange);
    if (key == null) {
      return new Admission.Missing(anonymous);
    }
    Tenant owner = owner(key);
    return owner == null ? new Admission.Unknown(anonymous) : new Admission.Known(owner);
  }

  private static @Nullable String offered(Exchange exchange) {
    String key = exchange.header(Headers.API_KEY);
    if (key != null) {
      return key;
    }
    String authorization = exchange.header(HttpHeaders.AUTHORIZATION);
    return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? authorization.substring(BEARER.length()).trim()
        : null;
  }

  private @Nullable Tenant owner(String key) {
    byte[] digest = sha256.digest(key.getBytes(StandardCharsets.UTF_8));
    Tenant owner = null;
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.sha256, digest)) {
        owner = entry.tenant;
      }
    }
    return owner;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
