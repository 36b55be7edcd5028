package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AccessTest {

  private static final String CONTENTS = "{\"file_contents\":\"aGk=\"}";

  private House house;

  @BeforeEach
  void open() {
    House.Plan plan = new House.Plan();
    plan.keys = List.of(
        House.key("cs101", "student-key", Set.of("default", "exam"), Set.of("run")),
        House.key("staff", "staff-key", Set.of(), Set.of("run", "admin")),
        House.key("watcher", "watch-key", Set.of(), Set.of("admin")));
    house = new House(plan);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void aRunWithoutAKeyIsRefusedInJobesWordsEvenIfItIsMalformed() {
    Wire.Answer answer = house.post(House.RUNS, "nonsense");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("Missing API key");
    assertThat(answer.header("content-type")).startsWith("text/html");
  }

  @Test
  void aRunWithAnUnknownKeyIsRefusedInJobesWords() {
    assertThat(house.run("X-API-KEY: student-kez").body()).isEqualTo("Unknown API key");
    assertThat(house.run("Authorization: Bearer x").status()).isEqualTo(403);
    assertThat(house.run("X-API-KEY: watch-key").body()).isEqualTo("Unknown API key");
  }

  @Test
  void aKeyIsTakenFromEitherHeader() {
    assertThat(house.run("X-API-KEY: student-key").status()).isEqualTo(200);
    assertThat(house.run("Authorization: bearer student-key").status()).isEqualTo(200);
    assertThat(house.permits().wants)
        .extracting(want -> want.tenant())
        .containsExactly("cs101", "cs101");
  }

  @Test
  void aLaneThatTheKeyMayNotNameFallsToItsOwn() {
    assertThat(lane("student-key", "exam")).isEqualTo("exam");
    assertThat(lane("student-key", "bulk")).isEqualTo("default");
    assertThat(lane("staff-key", "bulk")).isEqualTo("bulk");
  }

  private String lane(String key, String wish) {
    return house.run("X-API-KEY: " + key, "X-Gradelane-Lane: " + wish).header("x-gradelane-lane");
  }

  @Test
  void filesNeedAKeyToBePutButNotToBeAskedFor() {
    assertThat(house.put("abcdefgh", CONTENTS).body()).isEqualTo("Missing API key");
    assertThat(house.put("abcdefgh", CONTENTS, "X-API-KEY: student-key").status())
        .isEqualTo(204);
    assertThat(head("abcdefgh", "X-API-KEY: student-key")).isEqualTo(204);
    assertThat(head("abcdefgh")).isEqualTo(404);
    assertThat(head("abcdefgh", "X-API-KEY: staff-key")).isEqualTo(404);
  }

  private int head(String id, String... headers) {
    try (Wire wire = house.open()) {
      return wire.send(House.request("HEAD", "/jobe/index.php/restapi/files/" + id, "", headers))
          .answerToHead()
          .status();
    }
  }

  @Test
  void languagesNeedNone() {
    assertThat(house.get("/jobe/index.php/restapi/languages").status()).isEqualTo(200);
  }

  @Test
  void operatorsNeedAKeyWithTheirScope() {
    Wire.Answer none = house.get("/api/v1/servers");
    Wire.Answer student = house.get("/api/v1/servers", "X-API-KEY: student-key");

    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("www-authenticate")).isEqualTo("Bearer");
    assertThat(none.header("content-type")).isEqualTo("application/problem+json");
    assertThat(student.status()).isEqualTo(403);
    assertThat(student.body()).contains("\"code\":\"forbidden\"");
    assertThat(house.get("/api/v1/servers", "X-API-KEY: watch-key").status()).isEqualTo(200);
    assertThat(house.get("/force_update").status()).isEqualTo(401);
  }
}
