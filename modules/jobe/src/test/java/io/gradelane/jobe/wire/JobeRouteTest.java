package io.gradelane.jobe.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.jobe.wire.JobeRoute.File.Wish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobeRouteTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobe/index.php/restapi/languages",
        "/jobe/index.php/restapi/languages/",
        "/jobe/index.php/restapi/languages?x=1",
        "/jobe/public/index.php/restapi/languages",
        "/jobe/index.php//restapi//languages",
        "//jobe/index.php/restapi/languages//",
        "/jobe/index.php?/restapi/languages",
        "/jobe/index.php/?/restapi/languages/",
        "/jobe/index.php/restapi/l%61nguages"
      })
  void findsTheLanguagesUnderAllTheirPaths(String target) {
    assertThat(get(target)).isEqualTo(new JobeRoute.Languages());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /jobe/index.php/restapi/runs",
    "PUT, /jobe/index.php/restapi/runs",
    "HEAD, /jobe/index.php/restapi/languages",
    "POST, /jobe/index.php/restapi/languages",
    "GET, /jobe/index.php/restapi/files/abc",
    "DELETE, /jobe/index.php/restapi/files/abc",
    "POST, /jobe/index.php/restapi/files/abc",
    "PUT, /jobe/index.php/restapi/files/",
    "PUT, /jobe/index.php/restapi/files/abc-def",
    "PUT, /jobe/index.php/restapi/files/a/b",
    "GET, /jobe/index.php/restapi/Languages",
    "GET, /jobe/index.php/restapi/languages.json",
    "GET, /jobe/index.php/jobe/languages",
    "GET, /jobe/index.php",
    "GET, /jobe/",
    "GET, /jobe/index.php/restapi/languages/x",
    "BREW, /jobe/index.php/restapi/languages"
  })
  void answersOddPathsAndMethodsWith404(String method, String path) {
    assertThat(JobeRoute.classify(method, path, null, null))
        .isEqualTo(new JobeRoute.NotFound(false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/jobe/restapi/languages",
        "/restapi/languages",
        "/",
        "/jobe/index.phpx/restapi/languages",
        "/x/jobe/index.php/restapi/languages",
        "/jobe/index.php/restapi%2flanguages"
      })
  void leavesOtherPathsToTheWebServer(String path) {
    assertThat(get(path)).isEqualTo(new JobeRoute.Outside());
  }

  @Test
  void knowsTheRest() {
    assertThat(classify("POST", "/jobe/index.php/restapi/runs/")).isEqualTo(new JobeRoute.Runs());
    assertThat(classify("PUT", "/jobe/index.php/restapi/files/aB3/"))
        .isEqualTo(new JobeRoute.File("aB3", Wish.PUT));
    assertThat(classify("HEAD", "/jobe/index.php/restapi/files/x"))
        .isEqualTo(new JobeRoute.File("x", Wish.HEAD));
    assertThat(classify("POST", "/jobe/index.php/restapi/files/"))
        .isEqualTo(new JobeRoute.FilesPost());
    assertThat(get("/jobe/index.php/restapi/runresults/1"))
        .isEqualTo(new JobeRoute.RunResultById("1"));
    assertThat(classify("OPTIONS", "/jobe/index.php/restapi/x"))
        .isEqualTo(new JobeRoute.Preflight());
    assertThat(classify("OPTIONS", "*")).isEqualTo(new JobeRoute.ServerOptions());
  }

  @Test
  void givesBrowsersAPage() {
    var route =
        JobeRoute.classify("GET", "/jobe/index.php", null, "text/html,application/xhtml+xml");
    assertThat(route).isEqualTo(new JobeRoute.NotFound(true));
  }

  private static JobeRoute get(String target) {
    return classify("GET", target);
  }

  private static JobeRoute classify(String method, String target) {
    int mark = target.indexOf('?');
    @Nullable String query = mark < 0 ? null : target.substring(mark + 1);
    return JobeRoute.classify(
        method, mark < 0 ? target : target.substring(0, mark), query, "application/json");
  }
}
