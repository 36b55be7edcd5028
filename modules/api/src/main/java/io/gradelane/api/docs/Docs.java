package io.gradelane.api.docs;

import io.gradelane.api.contract.Contract;
import io.gradelane.api.http.Exchange;
import io.vertx.core.http.HttpHeaders;
import java.util.Map;

/** Serves the contract. It is the program's and no secret, so it needs no key. */
public final class Docs {

  /** Asked for each time, and mostly answered 304: after an update nobody must read an old contract. */
  private static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("no-cache");

  private final Map<String, Page> pages;

  public Docs(Contract contract) {
    pages = Map.of(Contract.PATH, Page.of("application/yaml; charset=utf-8", contract.text()));
  }

  /** Answers if there is a page at {@code path} and says whether there is. */
  public boolean answer(Exchange exchange, String path) {
    Page page = pages.get(path);
    if (page == null) {
      return false;
    }
    String method = exchange.request().method().name();
    if (method.equals("GET") || method.equals("HEAD")) {
      show(exchange, page);
    } else {
      exchange.put(HttpHeaders.ALLOW, "GET, HEAD");
      exchange.fail(405, "method_not_allowed", method + " (expected: GET or HEAD)");
    }
    return true;
  }

  private static void show(Exchange exchange, Page page) {
    exchange.put(HttpHeaders.ETAG, page.tag()).put(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
    String known = exchange.header(HttpHeaders.IF_NONE_MATCH);
    if (known != null && known.contains(page.tag())) {
      exchange.answer(304, null, null);
    } else {
      exchange.answer(200, page.type(), page.content());
    }
  }
}
