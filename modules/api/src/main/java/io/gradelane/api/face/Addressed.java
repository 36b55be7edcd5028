package io.gradelane.api.face;

import org.jspecify.annotations.Nullable;

/**
 * A path of Jobe's with what an administrator may put before it in a client's one setting: {@code /lane/exam},
 * {@code /user/ann}, or both in this order.
 *
 * @param lane wished for, or null
 * @param user as it was sent, or null
 * @param path the rest, beginning with a slash
 */
record Addressed(@Nullable String lane, @Nullable String user, String path) {

  private static final String LANE = "/lane/";
  private static final String USER = "/user/";

  static Addressed of(String path) {
    String lane = element(path, LANE);
    String rest = without(path, LANE, lane);
    String user = element(rest, USER);
    return new Addressed(lane, user, without(rest, USER, user));
  }

  static boolean isPrefixed(String path) {
    return path.startsWith(LANE) || path.startsWith(USER);
  }

  private static @Nullable String element(String path, String prefix) {
    if (!path.startsWith(prefix)) {
      return null;
    }
    int slash = path.indexOf('/', prefix.length());
    return slash <= prefix.length() ? null : path.substring(prefix.length(), slash);
  }

  private static String without(String path, String prefix, @Nullable String element) {
    return element == null ? path : path.substring(prefix.length() + element.length());
  }
}
