package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.contract.Contract;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class DocsTest {

  private static final House HOUSE = new House();

  @AfterAll
  static void close() {
    HOUSE.close();
  }

  @Test
  void theContractIsServedAsItWasWritten() {
    Wire.Answer answer = HOUSE.get("/openapi.yaml");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("content-type")).startsWith("application/yaml");
    assertThat(answer.body()).isEqualTo(Contract.ours().text());
  }

  @Test
  void whoHasItAlreadyIsToldSo() {
    String tag = HOUSE.get("/openapi.yaml").header("etag");

    assertThat(tag).matches("\"[0-9a-f]{32}\"");
    assertThat(HOUSE.get("/openapi.yaml", "If-None-Match: W/\"1\", " + tag).status())
        .isEqualTo(304);
    assertThat(HOUSE.get("/openapi.yaml", "If-None-Match: \"1\"").status()).isEqualTo(200);
  }

  @Test
  void thePageLoadsNothingFromElsewhere() {
    Wire.Answer page = HOUSE.get("/docs");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self';", "style-src 'self';");
    assertThat(page.body()).doesNotContain("://", "<script>", "<style>", " style=", " onload=");
  }

  @Test
  void whatThePageLoadsIsThere() {
    List<String> loaded = Pattern.compile("(?:src|href)=\"([^\":]+)\"")
        .matcher(HOUSE.get("/docs").body())
        .results()
        .map(found -> "/" + found.group(1))
        .toList();

    assertThat(loaded).contains("/docs/swagger-ui-bundle.js", "/openapi.yaml").allSatisfy(path -> {
      Wire.Answer answer = HOUSE.get(path);
      assertThat(answer.status()).as(path).isEqualTo(200);
      assertThat(answer.header("etag")).isNotEmpty();
      assertThat(answer.header("cache-control")).isNotEmpty();
    });
    assertThat(HOUSE.get("/docs/nothing").status()).isEqualTo(404);
  }

  @Test
  void whereItIsTurnedOffThereIsNothing() {
    House.Plan plan = new House.Plan();
    plan.docs = false;
    try (House house = new House(plan)) {
      for (String path : List.of("/openapi.yaml", "/docs", "/docs/page.js")) {
        Wire.Answer answer = house.get(path);
        assertThat(answer.status()).as(path).isEqualTo(404);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
      }
    }
  }

  @Test
  void itIsOnlyRead() {
    Wire.Answer answer = HOUSE.post("/openapi.yaml", "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
  }
}
