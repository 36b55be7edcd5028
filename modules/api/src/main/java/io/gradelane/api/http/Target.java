package io.gradelane.api.http;

import org.jspecify.annotations.Nullable;

/**
 * What a request line asks for: the path and the query of its target, undecoded.
 *
 * @param path begins with a slash, or is {@code *}
 * @param query without its question mark, or null
 */
public record Target(String path, @Nullable String query) {

  /** Reads the origin form, the absolute form that clients of a proxy send, and {@code *}. */
  public static Target of(String uri) {
    if (uri.isEmpty()) {
      return new Target("/", null);
    }
    String origin = uri.charAt(0) == '/' ? uri : withoutAuthority(uri);
    int mark = origin.indexOf('?');
    return mark < 0
        ? new Target(origin, null)
        : new Target(origin.substring(0, mark), origin.substring(mark + 1));
  }

  private static String withoutAuthority(String uri) {
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int slash = uri.indexOf('/', scheme + 3);
    if (slash >= 0) {
      return uri.substring(slash);
    }
    int mark = uri.indexOf('?', scheme + 3);
    return mark < 0 ? "/" : "/" + uri.substring(mark);
  }
}
