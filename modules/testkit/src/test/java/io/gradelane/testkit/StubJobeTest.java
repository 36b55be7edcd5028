package io.gradelane.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.testkit.CodeRunnerClient.Execution;
import io.gradelane.testkit.CodeRunnerClient.Task;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StubJobeTest {

  private static final Task HELLO = new Task("python3", "print('hello')\n");

  private final Vertx vertx = Vertx.vertx();
  private final StubJobe stub = StubJobe.start(vertx);
  private final CodeRunnerClient client = new CodeRunnerClient(stub.url());
  private final ExecutorService students = Executors.newVirtualThreadPerTaskExecutor();

  @AfterEach
  void stop() {
    stub.releaseAll();
    stub.close();
    students.close();
    Blocking.get(vertx.close());
  }

  @Test
  void answersLanguagesAsPairs() {
    stub.speaking(Map.of("c", "12"));
    assertThat(new JsonArray(client.languages().body()))
        .isEqualTo(new JsonArray().add(new JsonArray().add("c").add("12")));
  }

  @Test
  void eachRunGetsAnOutputOfItsOwn() {
    Execution one = client.execute(HELLO);
    Execution other = client.execute(new Task("python3", "print('world')\n"));
    assertThat(one.outcome()).isEqualTo(15);
    assertThat(one.stdout()).isEqualTo(HELLO.expectedEcho()).isNotEqualTo(other.stdout());
  }

  @Test
  void wantsFilesFirstAndThenTheRunAgain() {
    stub.recordRequests();
    Task task = HELLO.withFiles(Map.of("a.txt", new byte[] {0, 1, (byte) 0xff}));
    Execution execution = client.execute(task);
    assertThat(execution.statuses()).containsExactly(404, 204, 200);
    assertThat(execution.stdout()).isEqualTo(task.expectedEcho());
    assertThat(stub.requests().getLast().headers().getAll("User-Agent"))
        .containsExactly("MoodleBot/5.1 (+https://moodle.example.edu)", "CodeRunner");
    stub.forgetFiles();
    assertThat(client.execute(task).statuses()).containsExactly(404, 204, 200);
  }

  @Test
  void takesAFileThatIsAnnouncedByExpect() {
    Task task = HELLO.withFiles(Map.of("big.bin", new byte[2_000_000]));
    assertThat(client.execute(task).stdout()).isEqualTo(task.expectedEcho());
  }

  @Test
  void spoilsJustAsManyRunsAsItWasToldTo() {
    stub.overloadNext(2).emptyFiveHundredNext(1).garbageNext(1);
    assertThat(client.execute(HELLO).outcome()).isEqualTo(21);
    assertThat(client.execute(HELLO).outcome()).isEqualTo(21);
    assertThat(client.execute(HELLO)).satisfies(e -> {
      assertThat(e.status()).isEqualTo(500);
      assertThat(e.body()).isEqualTo("\"\"");
    });
    assertThat(client.execute(HELLO).body()).startsWith("<html>");
    assertThat(client.execute(HELLO).outcome()).isEqualTo(15);
    assertThat(stub.counts().overloads()).isEqualTo(2);
  }

  @Test
  void breaksConnectionsBeforeAndInTheMiddleOfAnAnswer() {
    stub.closeBeforeAnswerNext(1).hangUpNext(1);
    assertThat(client.execute(HELLO).status()).isZero();
    Execution half = client.execute(HELLO);
    assertThat(half.status()).isZero();
    assertThat(half.body()).contains("broke off");
  }

  @Test
  void dressesItsFailuresAsVerdicts() {
    stub.runguardFaultNext(1).wallTimeNext(1).spoilNext(StubFault.SUDO, 1);
    assertThat(client.execute(HELLO).body()).contains("runguard: cannot start 'sh'");
    assertThat(client.execute(HELLO).body()).contains("(wall time)");
    assertThat(client.execute(HELLO).body()).contains("\"outcome\":12").contains("sudo: ");
  }

  @Test
  void heldRepliesCountAsInFlightUntilReleased() throws Exception {
    stub.holdReplies();
    stub.arrived.open();
    List<Future<Execution>> three = startAll(3);
    Eventually.await("three held", () -> stub.held() == 3);
    assertThat(stub.counts().inFlight()).isEqualTo(3);
    assertThat(stub.arrived.await().getString("language_id")).isEqualTo("python3");
    stub.releaseOne();
    Eventually.await("one is back", () -> three.stream().filter(Future::isDone).count() == 1);
    stub.releaseAll();
    assertThat(outcomes(three)).containsOnly(15);
    assertThat(stub.counts().mostInFlight()).isEqualTo(3);
    assertThat(stub.counts().inFlight()).isZero();
  }

  @Test
  void refusesTheRunAboveItsSlots() throws Exception {
    stub.slots(2).holdReplies();
    List<Future<Execution>> two = startAll(2);
    Eventually.await("two held", () -> stub.held() == 2);
    assertThat(client.execute(HELLO).outcome()).isEqualTo(21);
    stub.releaseAll();
    assertThat(outcomes(two)).containsOnly(15);
  }

  @Test
  void waitsForASlotAsJobeDoesAndGivesUpAfterTenLooks() throws Exception {
    stub.slotsWaitingAsJobe(1, Duration.ofMillis(5)).holdReplies();
    List<Future<Execution>> one = startAll(1);
    Eventually.await("one held", () -> stub.held() == 1);
    assertThat(client.execute(HELLO).outcome()).isEqualTo(21);
    stub.releaseAll();
    stub.slotsWaitingAsJobe(1, Duration.ofMillis(20)).taking(Duration.ofMillis(20));
    assertThat(outcomes(one)).containsOnly(15);
    assertThat(outcomes(startAll(3))).containsOnly(15);
  }

  @Test
  void diesWithItsRunsAndComesBackOnItsPort() throws Exception {
    stub.holdReplies();
    List<Future<Execution>> one = startAll(1);
    Eventually.await("one held", () -> stub.held() == 1);
    stub.kill();
    assertThat(one.getFirst().get().status()).isZero();
    assertThat(client.execute(HELLO).status()).isZero();
    stub.revive();
    stub.releaseAll();
    assertThat(client.execute(HELLO).outcome()).isEqualTo(15);
    assertThat(stub.counts().inFlight()).isZero();
  }

  @Test
  void goesOnWithARunWhoseClientHasHungUp() {
    stub.holdReplies();
    stub.arrived.open();
    try (TcpFault relay = TcpFault.before(stub.port())) {
      Callable<Execution> call =
          () -> new CodeRunnerClient(java.net.URI.create("http://127.0.0.1:" + relay.port()))
              .execute(HELLO);
      Future<Execution> gone = students.submit(call);
      stub.arrived.await();
      Eventually.await("it is held", () -> stub.held() == 1);
      relay.cut();
      Eventually.await("the client is gone", gone::isDone);
      assertThat(stub.counts().inFlight()).isEqualTo(1);
    }
  }

  @Test
  void answersAClientsMistakeAsJobeDoes() {
    Execution unknown = client.execute(new Task("klingon", "nuqneH"));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.body()).isEqualTo("\"Language 'klingon' is not known\"");
  }

  private List<Future<Execution>> startAll(int n) {
    List<Future<Execution>> all = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      all.add(students.submit(() -> client.execute(HELLO)));
    }
    return all;
  }

  private static List<Integer> outcomes(List<Future<Execution>> executions)
      throws ExecutionException, InterruptedException {
    List<Integer> outcomes = new ArrayList<>();
    for (Future<Execution> execution : executions) {
      outcomes.add(execution.get().outcome());
    }
    return outcomes;
  }
}
