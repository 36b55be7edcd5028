package io.gradelane.api;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Exam;
import io.gradelane.store.fleet.KeptExam;
import io.gradelane.store.heap.HeapExamBook;
import io.gradelane.store.heap.HeapFleetTable;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExamRoomsTest {

  private static final String EXAMS = "/api/v1/fleet/exams";
  private static final String RUN_KEY = "only runs";

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final HeapExamBook book = new HeapExamBook();
  private House house = open(plan());

  private House.Plan plan() {
    House.Plan plan = new House.Plan();
    plan.fleet = new HeapFleetTable();
    plan.exams = book;
    return plan;
  }

  private static House open(House.Plan plan) {
    return new House(plan);
  }

  private void reopen(House.Plan plan) {
    house.close();
    house = open(plan);
  }

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void whatIsToldIsListedChangedAndRemoved() {
    Wire.Answer told = house.post(EXAMS, body("Midterm", 1, 3, 240));
    assertThat(told.status()).isEqualTo(201);
    JsonObject exam = new JsonObject(told.body());
    String id = exam.getString("id");
    assertThat(exam.getMap())
        .containsEntry("origin", "api")
        .containsEntry("name", "Midterm")
        .containsEntry("start", now.plusSeconds(3600).toString())
        .containsEntry("end", now.plusSeconds(3 * 3600).toString())
        .containsEntry("students", 240);

    assertThat(json().getJsonArray("exams")).isEqualTo(new JsonArray().add(exam));
    Wire.Answer changed = send("PUT", id, body("Midterm", 1, 4, 260));
    assertThat(changed.status()).isEqualTo(200);
    assertThat(get(book.all()).getFirst().exam())
        .isEqualTo(new Exam("Midterm", now.plusSeconds(3600), now.plusSeconds(4 * 3600), 260));

    assertThat(send("DELETE", id, "").body()).isEqualTo(changed.body());
    assertThat(json().getJsonArray("exams")).isEmpty();
    assertThat(send("DELETE", id, "").body()).contains("no_such_exam", id);
    assertThat(send("PUT", id, body("Midterm", 1, 4, 260)).status()).isEqualTo(404);
  }

  @Test
  void allAreListedByStartWithWhoKnowsThem() {
    House.Plan plan = plan();
    plan.configuredExams = List.of(exam("of conf", 5, 9), exam("over", -9, -7));
    plan.calendar = () -> Future.succeededFuture(List.of(exam("of the file", 2, 4)));
    reopen(plan);
    get(book.add(new KeptExam("e-1", exam("told", 3, 4), "ada")));

    assertThat(names(json())).containsExactly("calendar of the file", "api told", "conf of conf");
    JsonObject all = new JsonObject(house.get(EXAMS + "?past=true").body());
    assertThat(names(all)).startsWith("conf over").hasSize(4);
  }

  @Test
  void aCalendarThatCannotBeReadHidesNothingElse() {
    House.Plan plan = plan();
    plan.calendar = () -> Future.failedFuture("exams.ics: no such file");
    reopen(plan);
    get(book.add(new KeptExam("e-1", exam("told", 3, 4), "ada")));

    assertThat(names(json())).containsExactly("api told");
    assertThat(json().getString("calendar")).isEqualTo("exams.ics: no such file");
  }

  @Test
  void itSaysWhetherTheyLastAndWhetherTheyCount() {
    assertThat(json().getBoolean("lasting")).isFalse();
    assertThat(json().getBoolean("counted")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      {"start":"tomorrow","end":"2031-01-01T10:00:00Z","name":"a","students":1}             | /start | tomorrow
      {"start":"2031-01-01T08:00:00","end":"2031-01-01T10:00:00Z","name":"a","students":1}  | /start | 2031-01-01T08:00:00
      {"start":"2031-01-01T08:00:00Z","end":"2031-01-01T08:00:00Z","name":"a","students":1} | /end   | 2031-01-01T08:00:00Z (expected: later than start, which is 2031-01-01T08:00:00Z)
      {"start":"2031-01-01T08:00:00Z","end":"2031-02-01T08:00:01Z","name":"a","students":1} | /end   | 2031-02-01T08:00:01Z (expected: at most 31 days after start, which is 2031-01-01T08:00:00Z)
      {"start":"2021-01-01T08:00:00Z","end":"2021-01-01T10:00:00Z","name":"a","students":1} | /end   | 2021-01-01T10:00:00Z (expected: later than now, which is
      {"start":"9031-01-01T08:00:00Z","end":"9031-01-01T10:00:00Z","name":"a","students":1} | /start | 9031-01-01T08:00:00Z (expected: within the next ten years)
      {"start":"2031-01-01T08:00:00Z","end":"2031-01-01T10:00:00Z","name":" ","students":1} | /name  | (expected: a name)
      {"start":"2031-01-01T08:00:00Z","end":"2031-01-01T10:00:00Z","name":"a","students":0} | /students | 0
      {"start":"2031-01-01T08:00:00Z","end":"2031-01-01T10:00:00Z","name":"a"}              | /students | nothing
      {"start":"2031-01-01T08:00:00Z","end":"2031-01-01T10:00:00Z","name":"a","students":1,"studnts":1} | /studnts | unknown
      """)
  void whatIsWrongIsSaidWithWhatWasExpected(String body, String pointer, String words) {
    for (Wire.Answer answer : List.of(house.post(EXAMS, body), send("PUT", "e-1", body))) {
      assertThat(answer.status()).as(answer.body()).isEqualTo(422);
      JsonObject error = new JsonObject(answer.body()).getJsonArray("errors").getJsonObject(0);
      assertThat(error.getString("pointer")).isEqualTo(pointer);
      assertThat(error.getString("detail")).contains(words).contains("expected: ");
    }
    assertThat(get(book.all())).isEmpty();
  }

  @Test
  void onlyAdministratorsSeeAndChangeThem() {
    House.Plan plan = plan();
    plan.keys = List.of(House.key("runner", RUN_KEY, Set.of("default"), Set.of("run")));
    reopen(plan);

    assertThat(house.get(EXAMS, "X-API-KEY: " + RUN_KEY).status()).isEqualTo(403);
    assertThat(house.post(EXAMS, body("a", 1, 2, 1), "X-API-KEY: " + RUN_KEY).status())
        .isEqualTo(403);
  }

  @Test
  void withoutAFleetThereIsNothing() {
    reopen(new House.Plan());

    assertThat(house.get(EXAMS).body()).contains("no_fleet");
    assertThat(house.post(EXAMS, body("a", 1, 2, 1)).status()).isEqualTo(404);
  }

  private JsonObject json() {
    return new JsonObject(house.get(EXAMS).body());
  }

  private static List<String> names(JsonObject list) {
    JsonArray exams = list.getJsonArray("exams");
    return IntStream.range(0, exams.size())
        .mapToObj(exams::getJsonObject)
        .map(exam -> exam.getString("origin") + " " + exam.getString("name"))
        .toList();
  }

  private Wire.Answer send(String method, String id, String body) {
    return house.send(House.request(method, EXAMS + "/" + id, body));
  }

  private Exam exam(String name, int fromHour, int toHour) {
    return new Exam(name, now.plusSeconds(3600L * fromHour), now.plusSeconds(3600L * toHour), 9);
  }

  private String body(String name, int fromHour, int toHour, int students) {
    return new JsonObject()
        .put("name", name)
        .put("start", now.plusSeconds(3600L * fromHour).toString())
        .put("end", now.plusSeconds(3600L * toHour).toString())
        .put("students", students)
        .encode();
  }
}
