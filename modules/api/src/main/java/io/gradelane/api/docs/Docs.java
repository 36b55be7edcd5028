package io.gradelane.api.docs;

import io.gradelane.api.contract.Contract;
import io.gradelane.api.http.Exchange;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Serves the contract, and {@code /docs}, a page that shows it and tries it out on this node. They are the program's and no
 * secret, so they need no key. Used on its verticle's context only.
 */
public final class Docs {

  private static final String PAGE = "/docs";

  /** Nothing but what comes from here is loaded, run or asked. */
  private static final CharSequence POLICY = HttpHeaders.createOptimized("default-src 'none'; "
      + "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
      + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");

  private final Vertx vertx;
  private final boolean shown;
  private @Nullable Future<Map<String, Page>> pages;

  /** @param shown whether there is anything of it */
  public Docs(Vertx vertx, boolean shown) {
    this.vertx = vertx;
    this.shown = shown;
  }

  /** Answers if {@code path} is one of its own and says whether it is. */
  public boolean answer(Exchange exchange, String path) {
    if (!shown || !isOurs(path)) {
      return false;
    }
    pages().onSuccess(all -> answer(exchange, path, all.get(path))).onFailure(exchange::crash);
    return true;
  }

  private static boolean isOurs(String path) {
    return path.equals(Contract.PATH) || path.equals(PAGE) || path.startsWith(PAGE + "/");
  }

  /** Two megabytes, read by the first who asks. */
  private Future<Map<String, Page>> pages() {
    Future<Map<String, Page>> read = pages;
    if (read == null) {
      read = vertx.executeBlocking(Pages::read);
      pages = read;
    }
    return read;
  }

  private static void answer(Exchange exchange, String path, @Nullable Page page) {
    String method = exchange.request().method().name();
    if (page == null) {
      exchange.fail(404, "not_found", "There is nothing at " + path);
    } else if (method.equals("GET") || method.equals("HEAD")) {
      show(exchange, page);
    } else {
      exchange.put(HttpHeaders.ALLOW, "GET, HEAD");
      exchange.fail(405, "method_not_allowed", method + " (expected: GET or HEAD)");
    }
  }

  private static void show(Exchange exchange, Page page) {
    exchange
        .put(HttpHeaders.ETAG, page.tag())
        .put(HttpHeaders.CACHE_CONTROL, page.caching())
        .put("Content-Security-Policy", POLICY)
        .put("X-Content-Type-Options", "nosniff")
        .put("Referrer-Policy", "no-referrer");
    String known = exchange.header(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(page.tag())) {
      exchange.answer(304, null, null);
    } else {
      exchange.answer(200, page.type(), page.content());
    }
  }
}
