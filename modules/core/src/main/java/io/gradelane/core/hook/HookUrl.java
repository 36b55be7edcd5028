package io.gradelane.core.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook is. That it is well formed says nothing about where its name leads: see {@link AddressRules}.
 *
 * @param secure whether by TLS
 * @param host as it is looked up, without brackets
 * @param path with the query
 */
public record HookUrl(boolean secure, String host, int port, String path) {

  private static final int MOST_CHARACTERS = 2_000;

  /** Below are mail, names, files: none of them is a webhook, and some can be talked into something by a request. */
  private static final int FIRST_FREE_PORT = 1_024;

  /** What ends in a number is an address for some readers, and a name for others. */
  private static final Pattern ENDS_IN_NUMBER =
      Pattern.compile("(.*\\.)?(\\d+|0[xX][0-9a-fA-F]*)\\.?");

  /**
   * @param plainAllowed whether {@code http} will do
   * @throws IllegalArgumentException that says what is wrong
   */
  public static HookUrl parse(String text, boolean plainAllowed) {
    URI uri = uri(text);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    boolean secure = scheme.equals("https");
    if (!secure && !(plainAllowed && scheme.equals("http"))) {
      throw wrong(text, plainAllowed ? "https or http" : "https");
    }
    if (uri.getRawUserInfo() != null || uri.getRawFragment() != null) {
      throw wrong(text, "a URL without a user, a password or a fragment");
    }
    String host = host(text, uri.getHost());
    int port = uri.getPort() < 0 ? secure ? 443 : 80 : uri.getPort();
    if (port != 443 && port != 80 && (port < FIRST_FREE_PORT || port > 65_535)) {
      throw wrong(text, "port 443, 80, or 1024 and above");
    }
    return new HookUrl(secure, host, port, path(uri));
  }

  private static URI uri(String text) {
    try {
      if (text.length() <= MOST_CHARACTERS) {
        return new URI(text);
      }
    } catch (URISyntaxException malformed) {
      throw wrong(text, "a URL");
    }
    throw wrong(text.substring(0, 40) + "…", "a URL of at most " + MOST_CHARACTERS + " characters");
  }

  private static String host(String text, @Nullable String given) {
    String host = given == null ? "" : given.toLowerCase(Locale.ROOT);
    boolean six = host.startsWith("[") && host.endsWith("]") && host.indexOf('%') < 0;
    if (six) {
      return host.substring(1, host.length() - 1);
    }
    boolean number =
        ENDS_IN_NUMBER.matcher(host).matches() && !Cidr.IPV4.matcher(host).matches();
    if (host.isEmpty() || host.startsWith("[") || number) {
      throw wrong(text, "the name of a host, or its address in the usual form");
    }
    return host;
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    return uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery();
  }

  private static IllegalArgumentException wrong(String text, String expected) {
    return new IllegalArgumentException("'" + text + "' (expected: " + expected + ")");
  }
}
