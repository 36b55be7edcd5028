package io.gradelane.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** URLs as operators write them. */
final class Uris {

  private Uris() {}

  /** A URL with one of these schemes and a host, if {@code text} is one. */
  static Optional<URI> parse(String text, Set<String> schemes) {
    try {
      URI uri = new URI(text.strip());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      boolean fits = schemes.contains(scheme) && uri.getHost() != null && uri.getPort() <= 65_535;
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The base of a Jobe server. Forgives what people paste: a missing scheme, as in Moodle's own setting, and the path
   * that every Jobe has.
   */
  static Optional<URI> jobe(String text) {
    String url = text.strip();
    String withScheme = url.contains("://") ? url : "http://" + url;
    String base = withScheme
        .replaceFirst("/+$", "")
        .replaceFirst("(/jobe)?(/index\\.php)?(/restapi)?$", "")
        .replaceFirst("/+$", "");
    return parse(base, Set.of("http", "https"))
        .filter(uri ->
            uri.getQuery() == null && uri.getFragment() == null && uri.getUserInfo() == null);
  }

  /** Whether only this machine can reach a listener on {@code host}; no name is looked up. */
  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.matches("127(\\.\\d{1,3}){3}")
        || host.matches("\\[?(0*:){2,7}0*1\\]?");
  }
}
