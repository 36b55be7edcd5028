package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.BusMessage.Evidence;
import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Refusal;
import io.gradelane.core.run.Ending;
import io.gradelane.testkit.Eventually;
import io.gradelane.testkit.StubAnswer;
import io.gradelane.testkit.StubFault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RunJourneyTest {

  private static final String ID = "49f68a5c8493ec2c0bf489821c21fc3b";

  private House house;

  @BeforeEach
  void open() {
    house = new House();
  }

  @AfterEach
  void close() {
    assertThat(house.permits().out).as("permits that were not given back").isEmpty();
    house.close();
  }

  private static int outcome(Wire.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return new JsonObject(answer.body()).getInteger("outcome");
  }

  private void assertEndings(Ending... endings) {
    assertThat(house.permits().dones).extracting(FakePermits.Done::ending).containsExactly(endings);
  }

  @Test
  void aRunTakesOnePermitAndGivesItBack() {
    assertThat(outcome(house.run())).isEqualTo(15);

    assertEndings(Ending.OK);
    assertThat(house.evidence).isEmpty();
    assertThat(house.count("gradelane.runs", "lane", "default", "outcome", "15"))
        .isEqualTo(1);
  }

  @Test
  void whatAServerRefusesIsRunElsewhere() {
    house.stub(1).overloadNext(1);

    assertThat(outcome(house.run())).isEqualTo(15);
    assertEndings(Ending.REFUSED, Ending.OK);
    assertThat(house.permits().wants.get(1).attempt()).isEqualTo(2);
    assertThat(house.permits().wants.get(1).excluded()).containsExactly("s1");
    assertThat(house.permits().wants.get(1).waitedMillis()).isPositive();
    assertThat(house.count("gradelane.retries", "reason", "refused")).isEqualTo(1);
    Eventually.await("evidence", () -> !house.evidence.isEmpty());
    assertThat(house.evidence)
        .containsExactly(new Evidence("s1", Ending.REFUSED, false, "overload"));
  }

  @ParameterizedTest
  @EnumSource(
      value = StubFault.class,
      names = {"GARBAGE", "HANG_UP", "CLOSE_BEFORE_ANSWER", "EMPTY_500", "BAD_GATEWAY"})
  void whatAServerLosesIsRunElsewhere(StubFault fault) {
    house.stub(1).spoilNext(fault, 1);

    assertThat(outcome(house.run())).isEqualTo(15);
    assertEndings(Ending.LOST, Ending.OK);
    Eventually.await("evidence", () -> !house.evidence.isEmpty());
    assertThat(house.evidence.getFirst().ending()).isEqualTo(Ending.LOST);
  }

  @Test
  void aDeadServerIsNoErrorForTheCaller() {
    house.stub(1).kill();

    assertThat(outcome(house.run())).isEqualTo(15);
    assertEndings(Ending.LOST, Ending.OK);
  }

  @Test
  void whenAllServersFailTheCallerIsToldOfOverload() {
    house.stub(1).kill();
    house.stub(2).kill();

    Wire.Answer answer = house.run();

    assertThat(answer.body())
        .isEqualTo(
            "{\"run_id\":\"0\",\"outcome\":21,\"cmpinfo\":\"\",\"stdout\":\"\",\"stderr\":\"\"}");
    assertThat(answer.header("x-gradelane-refused")).isEqualTo("NO_SERVER");
  }

  @Test
  void aRunThatIsRefusedARoomIsAnsweredAsOverloadWithItsReason() {
    house.permits().hold();
    try (Wire wire = house.open()) {
      wire.send(House.request("POST", House.RUNS, House.HELLO));
      house
          .permits()
          .decideNext(want -> new Decision.Refused(want.run(), Refusal.PATIENCE, "too late"));

      Wire.Answer answer = wire.answer();
      assertThat(outcome(answer)).isEqualTo(21);
      assertThat(answer.header("x-gradelane-refused")).isEqualTo("PATIENCE");
    }
    assertThat(house.count("gradelane.runs", "outcome", "21")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = StubFault.class,
      names = {"SERVER_EXCEPTION", "BAD_REQUEST"})
  void aClientsMistakeIsNeitherTriedAgainNorBlamedOnAServer(StubFault fault) {
    house.stub(1).spoilNext(fault, 1);

    Wire.Answer answer = house.run();

    assertThat(answer.status()).isIn(400, 500);
    assertThat(answer.body()).startsWith("\"").hasSizeGreaterThan(10);
    assertEndings(Ending.OK);
    assertThat(house.stub(2).counts().runs()).isZero();
    assertThat(house.evidence).isEmpty();
  }

  @Test
  void missingFilesArePutUnderTheSamePermit() {
    put("hi");
    assertThat(outcome(runWithFile())).isEqualTo(15);
    house.stub(1).forgetFiles();
    assertThat(outcome(runWithFile())).isEqualTo(15);

    assertEndings(Ending.OK, Ending.OK);
    assertThat(house.stub(1).counts().filesPut()).isEqualTo(2);
    assertThat(house.stub(1).counts().missing()).isEqualTo(2);
    assertThat(house.permits().wants.get(0).fileSet())
        .isNotZero()
        .isEqualTo(house.permits().wants.get(1).fileSet());
  }

  @Test
  void aPutOverAnMd5IdHarmsNobodyElse() {
    put("hi");
    assertThat(house.put(ID, "{\"file_contents\":\"b3RoZXI=\"}").status()).isEqualTo(204);

    runWithFile();

    assertThat(house.stub(1).files()).doesNotContainKey(ID).hasSize(1);
  }

  private void put(String text) {
    String base64 = java.util.Base64.getEncoder()
        .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(house.put(ID, "{\"file_contents\":\"" + base64 + "\"}").status()).isEqualTo(204);
  }

  private Wire.Answer runWithFile() {
    JsonArray file = new JsonArray().add(ID).add("data.txt");
    return house.post(
        House.RUNS,
        House.spec("print(1)", new JsonObject().put("file_list", new JsonArray().add(file))));
  }

  @Test
  void aServersFailureDressedAsAVerdictIsTriedElsewhereAndBlamedWhenItSucceedsThere() {
    house.stub(1).runguardFaultNext(1);

    assertThat(outcome(house.run())).isEqualTo(15);
    assertEndings(Ending.OK, Ending.OK);
    assertThat(house.count("gradelane.retries", "reason", "server_fault")).isEqualTo(1);
    Eventually.await("blame", () -> !house.evidence.isEmpty());
    assertThat(house.evidence).singleElement().satisfies(evidence -> {
      assertThat(evidence.server()).isEqualTo("s1");
      assertThat(evidence.blamed()).isTrue();
    });
  }

  @Test
  void theSameFailureFromASecondServerIsPassedOnAndBlamesNobody() {
    house.stub(1).runguardFaultNext(1);
    house.stub(2).runguardFaultNext(1);

    Wire.Answer answer = house.run();

    assertThat(outcome(answer)).isEqualTo(11);
    assertThat(answer.body()).contains("runguard: cannot start");
    assertThat(house.evidence).isEmpty();
  }

  @Test
  void aServerThatFailsTwoDifferentProgramsIsBlamed() {
    house.stub(1).runguardFaultNext(2);
    house.stub(2).runguardFaultNext(2);
    house.post(House.RUNS, House.spec("print(1)"));
    assertThat(house.evidence).isEmpty();

    house.post(House.RUNS, House.spec("print(2)"));

    Eventually.await("both are blamed", () -> house.evidence.size() == 2);
    assertThat(house.evidence).allMatch(Evidence::blamed);
  }

  @Test
  void aFailureDressedAsAVerdictIsPassedOnWhereThereIsNoSecondServer() {
    House.Plan plan = new House.Plan();
    plan.servers = 1;
    try (House small = new House(plan)) {
      small.stub(1).runguardFaultNext(1);

      assertThat(small.run().body()).contains("runguard: cannot start");
      assertThat(small.permits().out).isEmpty();
    }
  }

  @Test
  void aDoubtfulVerdictIsBelievedOnAServerThatWasNotBusy() {
    house.stub(1).wallTimeNext(1);

    assertThat(outcome(house.run())).isEqualTo(11);
    assertThat(house.permits().doubts).singleElement().satisfies(want -> {
      assertThat(want.quiet()).isTrue();
      assertThat(want.attempt()).isEqualTo(2);
    });
    assertThat(house.count("gradelane.runs.doubted", "result", "believed")).isEqualTo(1);
  }

  @Test
  void aDoubtfulVerdictOfABusyServerIsReplacedByThatOfAQuietRun() {
    house.stub(1).wallTimeNext(1);
    house.permits().onDoubt(house.permits()::grant);

    assertThat(outcome(house.run())).isEqualTo(15);
    assertThat(house.count("gradelane.runs.doubted", "result", "again")).isEqualTo(1);
  }

  @Test
  void theVerdictOfTheQuietRunCountsWhateverItIs() {
    house.stub(1).wallTimeNext(2);
    house.permits().onDoubt(house.permits()::grant);

    assertThat(outcome(house.run())).isEqualTo(11);
    assertThat(house.permits().doubts).hasSize(1);
  }

  @Test
  void aDoubtfulVerdictThatCanNotBeLookedAtAgainIsNotPassedOn() {
    house.stub(1).wallTimeNext(1);
    house
        .permits()
        .onDoubt(want -> new Decision.Refused(want.run(), Refusal.QUIET_BUDGET, "enough"));

    Wire.Answer answer = house.run();

    assertThat(outcome(answer)).isEqualTo(21);
    assertThat(answer.header("x-gradelane-refused")).isEqualTo("QUIET_BUDGET");
  }

  @Test
  void theCallersPatienceIsToldAndTheLanesIsTheDispatchersToKnow() {
    house.run("X-Gradelane-Patience: 3");
    house.run("X-Gradelane-Patience: 300");
    house.run("X-Gradelane-Patience: soon");

    assertThat(house.permits().wants)
        .extracting(want -> want.patienceMillis())
        .containsExactly(3_000L, 300_000L, Long.MAX_VALUE);
  }

  @Test
  void aRunsDurationIsWhatTheNextOfItsLanguageIsExpectedToCost() {
    int before = expectedCost();
    house.stub(1).answering(spec -> StubAnswer.result(15, "", "x", ""));
    for (int i = 0; i < 5; i++) {
      house.run();
    }

    assertThat(expectedCost()).isLessThan(before);
  }

  private int expectedCost() {
    house.run();
    return house.permits().wants.getLast().costMillis();
  }

  @Test
  void jobesOwnTestOfOverloadNeedsNoServer() {
    Wire.Answer answer = house.post(House.RUNS, House.spec("!** TESTING OVERLOAD EXCEPTION **!"));

    assertThat(outcome(answer)).isEqualTo(21);
    assertThat(house.permits().wants).isEmpty();
  }

  @Test
  void aGrantOnAServerThatHasVanishedIsGivenBackUnused() {
    house.permits().hold();
    try (Wire wire = house.open()) {
      wire.send(House.request("POST", House.RUNS, House.HELLO));
      house.permits().decideNext(want -> {
        house.permits().out.add(new io.gradelane.core.dispatch.PermitId(9, 9));
        return new Decision.Granted(
            want.run(), new io.gradelane.core.dispatch.PermitId(9, 9), "s9", 1);
      });
      house.permits().grantNext();

      assertThat(outcome(wire.answer())).isEqualTo(15);
    }
    assertEndings(Ending.UNUSED, Ending.OK);
  }
}
