package io.gradelane.api.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the HTTP library lets pass and two servers in a row could read in two ways. It turns away by itself: both lengths,
 * lengths that differ, unknown transfer codings, malformed chunks.
 */
public final class Hygiene {

  private Hygiene() {}

  /** What is wrong with the head of {@code request}, or null if nothing is (RFC 9112, section 3.2). */
  public static @Nullable String fault(HttpServerRequest request) {
    if (request.version() == null) {
      return "The protocol is not HTTP/1.0 or HTTP/1.1";
    }
    List<String> hosts = request.headers().getAll(HttpHeaders.HOST);
    if (hosts.size() == 1) {
      return isHost(hosts.getFirst()) ? null : "The Host header is not a host";
    }
    if (hosts.isEmpty() && request.version() == HttpVersion.HTTP_1_0) {
      return null;
    }
    return hosts.size() + " Host headers (expected: 1)";
  }

  /** Empty is legal; anything that could hide a second host, a path or credentials is not. */
  private static boolean isHost(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '/' || c == '@' || c == ',' || c == '?' || c == '#'
          || c == '\\') {
        return false;
      }
    }
    return true;
  }
}
