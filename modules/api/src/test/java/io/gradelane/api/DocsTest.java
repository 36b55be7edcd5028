package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.contract.Contract;
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
  void itIsOnlyRead() {
    Wire.Answer answer = HOUSE.post("/openapi.yaml", "");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
  }
}
