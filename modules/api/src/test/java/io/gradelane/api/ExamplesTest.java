package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.api.contract.Contract;
import io.gradelane.api.contract.Operation;
import io.gradelane.api.contract.Parameter;
import io.gradelane.api.jobs.JobDoor;
import io.gradelane.bus.Addresses;
import io.gradelane.bus.FleetAnswer;
import io.gradelane.bus.FleetCommand;
import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthCommand;
import io.gradelane.bus.Listening;
import io.gradelane.bus.PoolAnswer;
import io.gradelane.bus.PoolQuestion;
import io.gradelane.core.dispatch.PoolView;
import io.gradelane.core.dispatch.PoolView.Counters;
import io.gradelane.core.dispatch.PoolView.LaneView;
import io.gradelane.core.dispatch.WaitsFor;
import io.gradelane.core.dispatch.Why;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.lane.VersionedLane;
import io.gradelane.core.run.RunId;
import io.gradelane.store.fleet.ExamBook;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.fleet.KeptExam;
import io.gradelane.store.heap.HeapExamBook;
import io.gradelane.store.heap.HeapFleetTable;
import io.gradelane.store.jobs.Deliveries.Due;
import io.gradelane.store.jobs.Deliveries.GivenUp;
import io.gradelane.store.jobs.Deliveries.Room;
import io.gradelane.store.jobs.JobStore;
import io.gradelane.store.jobs.Leases.Lease;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.PostgresFixture;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract is true: every operation is asked as it says, and answers as it says. */
final class ExamplesTest {

  private static final PostgresFixture POSTGRES = PostgresFixture.killable();
  private static final AtomicReference<@Nullable JobStore> STORE = new AtomicReference<>();

  /** What stands for an element of a path or a required parameter, in all examples. */
  private static final Map<String, String> NAMES =
      Map.of("name", "bulk", "host", "h1", "If-Match", "*");

  private static final ExamBook EXAMS = new HeapExamBook();

  private static House house;
  private static String engine = "";
  private static String ended = "";
  private static String open = "";
  private static String hook = "";
  private static String delivery = "";

  @BeforeAll
  static void open() {
    House.Plan plan = new House.Plan();
    plan.jobs = new JobDoor(() -> Optional.ofNullable(STORE.get()));
    plan.fleet = fleet();
    plan.exams = EXAMS;
    house = new House(plan);
    String url =
        "postgresql://" + POSTGRES.host() + ":" + POSTGRES.port() + "/" + POSTGRES.database();
    STORE.set(Blocking.get(PostgresJobStore.open(
        house.vertx,
        new DatabaseAddress(url, POSTGRES.user(), POSTGRES.password(), 4),
        Sessions.Terms.DEFAULT,
        "n1")));
    engine = Blocking.get(house.vertx.deployVerticle(new JobsVerticle(house.ports)));
    Eventually.await("the node has a session", () -> plan.jobs.session().isPresent());
    Listening.to(
        house.vertx.eventBus(),
        Addresses.questions("main", "n1"),
        PoolQuestion.class,
        question -> question.reply(answer(question.body())));
    Listening.to(
        house.vertx.eventBus(),
        Addresses.health("main", "n1"),
        HealthCommand.class,
        command -> command.reply(answer(command.body())));
    Listening.to(
        house.vertx.eventBus(),
        Addresses.fleet("main", "n1"),
        FleetCommand.class,
        command -> command.reply(new FleetAnswer.Changed("h1", "ready")));
    hook = hook();
    JsonObject batch =
        new JsonObject().put("jobs", new JsonArray().add(new JsonObject(House.HELLO)));
    ended = submit(batch);
    open = submit(batch.put("paused", true));
    Eventually.await(
        "the batch has ended",
        () -> !house.get("/api/v1/batches/" + ended).body().contains("\"endedAt\":null"));
    delivery = giveUp(Objects.requireNonNull(STORE.get()));
  }

  /** One with a host, which nobody has looked at yet. */
  private static FleetTable fleet() {
    FleetTable table = new HeapFleetTable();
    HostState ready = new HostState.Ready(Instant.EPOCH, "its server answers");
    Blocking.get(
        table.amend(null, Host.born(new HostId("h1"), "i-h1", "http://10.0.0.1:4000", ready)));
    return table;
  }

  /** One that starts in an hour; it is there, whoever has removed it. */
  private static String exam() {
    Instant start = Instant.now().plusSeconds(3600);
    Exam exam = new Exam("Midterm", start, start.plusSeconds(3600), 240);
    Blocking.get(EXAMS.add(new KeptExam("e-1", exam, "ada")));
    return "e-1";
  }

  private static String hook() {
    JsonObject hook = new JsonObject().put("url", "https://grader.example.edu/");
    Wire.Answer answer = house.post("/api/v1/webhooks", hook.encode());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body()).getString("id");
  }

  /** The one that says that the batch has ended. */
  private static String giveUp(JobStore store) {
    Lease lease =
        Blocking.get(store.leases().take("hooks", "n1", Duration.ofMinutes(1))).orElseThrow();
    Due due =
        Blocking.get(store.deliveries().claim(lease, new Room(Map.of(), 1, 1))).getFirst();
    Blocking.get(store.deliveries().settle(due, new GivenUp(500, "no")));
    return due.id().toString();
  }

  private static String submit(JsonObject batch) {
    Wire.Answer answer = house.post("/api/v1/batches", batch.encode());
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    return new JsonObject(answer.body()).getString("id");
  }

  @AfterAll
  static void close() {
    Blocking.get(house.vertx.undeploy(engine));
    house.close();
    POSTGRES.close();
  }

  @TestFactory
  Stream<DynamicTest> everyOperationAnswersAsItSays() {
    return Contract.ours().operations().stream()
        .filter(operation -> examples(operation).isEmpty())
        .filter(operation -> !isStream(operation))
        .map(operation -> DynamicTest.dynamicTest(
            operation.id(), () -> ask(operation, new Example("none", "", "", lowest(operation)))));
  }

  @TestFactory
  Stream<DynamicTest> everyExampleIsAnsweredAsItSays() {
    return Contract.ours().operations().stream()
        .flatMap(operation -> examples(operation).stream()
            .map(example -> DynamicTest.dynamicTest(
                operation.id() + ": " + example.name(), () -> ask(operation, example))));
  }

  /**
   * A body to send.
   *
   * @param type of its content
   */
  private record Example(String name, String type, String body, int status) {

    static Example of(Operation operation, String type, Map.Entry<String, Object> named) {
      JsonObject example = (JsonObject) named.getValue();
      Object value = example.getValue("value");
      Integer status = example.getInteger("x-answer");
      return new Example(
          named.getKey(),
          type,
          value instanceof String text ? text : Json.encode(value),
          status == null ? lowest(operation) : status);
    }
  }

  private static List<Example> examples(Operation operation) {
    JsonObject body = operation.model().getJsonObject("requestBody", new JsonObject());
    return body.getJsonObject("content", new JsonObject()).stream()
        .flatMap(type -> ((JsonObject) type.getValue())
            .getJsonObject("examples").stream()
                .map(named -> Example.of(operation, type.getKey(), named)))
        .toList();
  }

  /** The answer itself is held against the contract by the house. */
  private static void ask(Operation operation, Example example) {
    List<String> headers = new ArrayList<>();
    if (!example.body().isEmpty()) {
      headers.add("Content-Type: " + example.type());
    }
    operation.parameters().stream()
        .filter(each -> each.in().equals("header") && NAMES.containsKey(each.name()))
        .forEach(each -> headers.add(each.name() + ": " + NAMES.get(each.name())));
    Wire.Answer answer = house.send(House.request(
        operation.method(),
        path(operation) + query(operation),
        example.body(),
        headers.toArray(String[]::new)));

    assertThat(answer.status()).as(answer.body()).isEqualTo(example.status());
  }

  /** What must be in it, with the contract's own example. */
  private static String query(Operation operation) {
    String query = operation.model().getJsonArray("parameters", new JsonArray()).stream()
        .map(JsonObject.class::cast)
        .filter(each -> each.getString("in").equals("query") && each.getBoolean("required", false))
        .map(each -> each.getString("name") + "=" + each.getValue("example"))
        .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private static String path(Operation operation) {
    String path = operation.path();
    for (Parameter each : operation.parameters()) {
      path = path.replace("{" + each.name() + "}", element(operation, each.name()));
    }
    return path;
  }

  private static String element(Operation operation, String name) {
    boolean read = operation.method().equals("GET");
    return switch (name) {
      case "batch" -> read ? ended : open;
      case "webhook" -> operation.method().equals("DELETE") ? hook() : hook;
      case "delivery" -> delivery;
      case "exam" -> exam();
      case "job" -> ended.substring(0, ended.length() - 1) + "1";
      case "id" -> operation.path().startsWith("/api/v1/runs") ? RUN.run().toString() : "s1";
      default -> NAMES.getOrDefault(name, "");
    };
  }

  /** Whether its answer does not end by itself. */
  private static boolean isStream(Operation operation) {
    JsonObject responses = operation.model().getJsonObject("responses");
    JsonObject content =
        responses.getJsonObject("200", new JsonObject()).getJsonObject("content", new JsonObject());
    return operation.model().getBoolean("x-stream", false)
        || responses.containsKey("101")
        || content.containsKey("text/event-stream");
  }

  private static int lowest(Operation operation) {
    return operation.model().getJsonObject("responses").fieldNames().stream()
        .filter(status -> status.startsWith("2"))
        .mapToInt(Integer::parseInt)
        .min()
        .orElseThrow();
  }

  // --- who would answer elsewhere

  private static final Why RUN = new Why(
      RunId.parse("0190a0a0-0000-7000-8000-000000000001"),
      "bulk",
      1,
      1,
      WaitsFor.SLOT,
      "all slots are taken; it is next",
      1500,
      -1);

  private static PoolAnswer answer(PoolQuestion question) {
    VersionedLane lane = new VersionedLane(House.lane("bulk"), 3);
    return switch (question) {
      case PoolQuestion.Lanes lanes -> new PoolAnswer.AllLanes(List.of(lane));
      case PoolQuestion.View view -> new PoolAnswer.Viewed(view(lane));
      case PoolQuestion.SetLane set -> new PoolAnswer.LaneSet(new VersionedLane(set.spec(), 4));
      case PoolQuestion.RestoreLanes restore -> new PoolAnswer.AllLanes(List.of(lane));
      case PoolQuestion.WhyWaiting why -> new PoolAnswer.Waiting(RUN);
      case PoolQuestion.LongestWaiting longest -> new PoolAnswer.LongestWaiting(List.of(RUN));
      case PoolQuestion.WhoOwns who -> new PoolAnswer.Owned("n1", 7, true);
    };
  }

  private static PoolView view(VersionedLane lane) {
    return new PoolView(
        List.of(new LaneView(lane.spec(), 1, 1500, 0)),
        List.of(),
        8,
        1,
        2,
        0,
        new Counters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
  }

  private static HealthAnswer answer(HealthCommand command) {
    return switch (command) {
      case HealthCommand.Refresh refresh ->
        new HealthAnswer.Refreshed(house.servers.snapshot(), "");
      case HealthCommand.Restore restore -> new HealthAnswer.Restored(0);
      default ->
        new HealthAnswer.Changed(Objects.requireNonNull(house.servers.snapshot().get("s1")));
    };
  }
}
