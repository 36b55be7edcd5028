package io.gradelane.api.docs;

import io.gradelane.api.contract.Contract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** All that there is to read, by path: the contract, our page, and the library that draws it (Swagger UI, a webjar). */
final class Pages {

  private static final String LIBRARY = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final String OURS = "/docs/";

  private static final String HTML = "text/html; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";
  private static final String YAML = "application/yaml; charset=utf-8";

  private Pages() {}

  static Map<String, Page> read() throws IOException {
    byte[] contract = Contract.ours().text().getBytes(StandardCharsets.UTF_8);
    return Map.of(
        Contract.PATH,
        Page.asked(YAML, contract),
        "/docs",
        Page.asked(HTML, bytes(OURS + "index.html")),
        "/docs/page.js",
        Page.asked(SCRIPT, bytes(OURS + "page.js")),
        "/docs/page.css",
        Page.asked(STYLE, bytes(OURS + "page.css")),
        "/docs/swagger-ui-bundle.js",
        Page.kept(SCRIPT, bytes(LIBRARY + "swagger-ui-bundle.js")),
        "/docs/swagger-ui.css",
        Page.kept(STYLE, bytes(LIBRARY + "swagger-ui.css")));
  }

  private static byte[] bytes(String path) throws IOException {
    try (InputStream in = Pages.class.getResourceAsStream(path)) {
      return Objects.requireNonNull(in, path + " is missing").readAllBytes();
    }
  }
}
