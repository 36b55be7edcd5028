package io.gradelane.jobe.wire;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a request asks of Jobe, told from its first line and its {@code Accept}. */
public sealed interface JobeRoute {

  record Languages() implements JobeRoute {}

  record Runs() implements JobeRoute {}

  /** One file. {@code id} is {@linkplain FileId#isValid valid}. */
  record File(String id, Wish wish) implements JobeRoute {
    public enum Wish {
      PUT,
      HEAD
    }
  }

  /** POST of a file without an id: {@link JobeAnswers#filesPostRefused()}. */
  record FilesPost() implements JobeRoute {}

  /** A result that is kept for later; there are none: 404. */
  record RunResultById(String id) implements JobeRoute {}

  /**
   * {@code OPTIONS} of anything: {@link JobeAnswers#preflight()} if it has {@code Access-Control-Request-Method}, else
   * 404.
   */
  record Preflight() implements JobeRoute {}

  /** {@code OPTIONS *}. */
  record ServerOptions() implements JobeRoute {}

  /** Jobe's own 404, for unknown paths and for wrong methods alike. */
  record NotFound(boolean html) implements JobeRoute {}

  /** Not Jobe's: the path doesn't lead through {@code index.php}. */
  record Outside() implements JobeRoute {}

  /**
   * Tells what is asked for.
   *
   * @param path as it was sent, percent-encoded, without the query; what stands before {@code /jobe} taken off
   * @param query as it was sent, without {@code ?}, or null; {@code index.php?/restapi/languages} names its path there
   */
  static JobeRoute classify(
      String method, String path, @Nullable String query, @Nullable String accept) {
    if (path.equals("*")) {
      return method.equals("OPTIONS") ? new ServerOptions() : new Outside();
    }
    String inside = inside(path, query);
    if (inside == null) {
      return new Outside();
    }
    JobeRoute route = route(method, inside);
    return route == null ? new NotFound(acceptsHtml(accept)) : route;
  }

  /** The path behind {@code index.php} without outer slashes, or null if there is none. */
  private static @Nullable String inside(String path, @Nullable String query) {
    if (path.toLowerCase(Locale.ROOT).contains("%2f")) {
      return null;
    }
    String plain = collapse(decode(path));
    if (plain.equals("/jobe") || plain.equals("/jobe/") || plain.equals("/jobe/public/")) {
      return "";
    }
    String rest = after(plain, "/jobe/index.php");
    rest = rest == null ? after(plain, "/jobe/public/index.php") : rest;
    if (rest == null) {
      return null;
    }
    if (query != null && query.startsWith("/") && trim(rest).isEmpty()) {
      int end = query.indexOf('?');
      rest = collapse(decode(end < 0 ? query : query.substring(0, end)));
    }
    return trim(rest);
  }

  private static @Nullable String after(String path, String prefix) {
    boolean leads = path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    return leads ? path.substring(prefix.length()) : null;
  }

  private static @Nullable JobeRoute route(String method, String path) {
    if (method.equals("OPTIONS")) {
      return new Preflight();
    }
    return switch (method + " " + path) {
      case "GET restapi/languages" -> new Languages();
      case "POST restapi/runs" -> new Runs();
      case "POST restapi/files" -> new FilesPost();
      default -> routeById(method, path);
    };
  }

  private static @Nullable JobeRoute routeById(String method, String path) {
    int slash = path.lastIndexOf('/');
    String id = path.substring(slash + 1);
    if (slash < 0 || !FileId.isValid(id)) {
      return null;
    }
    return switch (method + " " + path.substring(0, slash)) {
      case "PUT restapi/files" -> new File(id, File.Wish.PUT);
      case "HEAD restapi/files" -> new File(id, File.Wish.HEAD);
      case "GET restapi/runresults" -> new RunResultById(id);
      default -> null;
    };
  }

  private static boolean acceptsHtml(@Nullable String accept) {
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static String collapse(String path) {
    return path.replaceAll("/{2,}", "/");
  }

  private static String trim(String path) {
    int from = path.startsWith("/") ? 1 : 0;
    int to = path.endsWith("/") ? path.length() - 1 : path.length();
    return from >= to ? "" : path.substring(from, to);
  }

  /** Percent-decodes; an escape that isn't one stays as it is, so it matches nothing. */
  private static String decode(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    byte[] in = path.getBytes(StandardCharsets.UTF_8);
    byte[] out = new byte[in.length];
    int length = 0;
    for (int i = 0; i < in.length; i++) {
      int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
      int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
      out[length++] = low >= 0 ? (byte) (high << 4 | low) : in[i];
      i += low >= 0 ? 2 : 0;
    }
    return new String(out, 0, length, StandardCharsets.UTF_8);
  }
}
