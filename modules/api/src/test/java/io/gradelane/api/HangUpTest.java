package io.gradelane.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.Ending;
import io.gradelane.testkit.Eventually;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HangUpTest {

  private House house;

  @BeforeEach
  void open() {
    house = new House();
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Wire begin() {
    return house.open().send(House.request("POST", House.RUNS, House.HELLO));
  }

  @Test
  void aRunThatWaitsLeavesTheLane() {
    house.permits().hold();
    Wire caller = begin();
    Eventually.await("it waits", () -> house.permits().waitingCount() == 1);

    caller.close();

    Eventually.await("it is cancelled", () -> house.permits().cancelled.size() == 1);
    assertThat(house.permits().waitingCount()).isZero();
    assertThat(house.stub(1).counts().runs()).isZero();
    Eventually.await("it is counted", () -> house.count("gradelane.runs", "outcome", "gone") == 1);
  }

  @Test
  void aRunThatIsUnderWayKeepsItsPermitUntilTheServerAnswers() {
    house.stub(1).holdReplies();
    Wire caller = begin();
    Eventually.await("it runs", () -> house.stub(1).held() == 1);

    caller.close();

    Eventually.await(
        "the caller is missed",
        () -> house.registry.get("gradelane.http.connections").gauge().value() == 0);
    assertThat(house.permits().out).hasSize(1);
    house.stub(1).releaseOne();
    Eventually.await("the permit is free", () -> house.permits().out.isEmpty());
    assertThat(house.permits().dones)
        .singleElement()
        .satisfies(done -> assertThat(done.ending()).isEqualTo(Ending.OK));
    assertThat(house.permits().cancelled).isEmpty();
  }

  @Test
  void aRunWhoseCallerHasGoneIsNotTriedElsewhere() {
    house.stub(1).holdReplies();
    Wire caller = begin();
    Eventually.await("it runs", () -> house.stub(1).held() == 1);
    caller.close();
    Eventually.await(
        "the caller is missed",
        () -> house.registry.get("gradelane.http.connections").gauge().value() == 0);

    house.stub(1).kill();

    Eventually.await("the permit is free", () -> house.permits().out.isEmpty());
    assertThat(house.permits().dones)
        .singleElement()
        .satisfies(done -> assertThat(done.ending()).isEqualTo(Ending.LOST));
    assertThat(house.stub(2).counts().runs()).isZero();
  }

  @Test
  void aGrantThatMeetsNobodyIsGivenBackUnused() {
    house.permits().hold();
    Wire caller = begin();
    Eventually.await("it waits", () -> house.permits().waitingCount() == 1);
    caller.close();
    Eventually.await("it is cancelled", () -> house.permits().cancelled.size() == 1);

    house.permits().grantNext();

    Eventually.await("it is back", () -> house.permits().dones.size() == 1);
    assertThat(house.permits().dones.getFirst().ending()).isEqualTo(Ending.UNUSED);
    assertThat(house.stub(1).counts().runs()).isZero();
  }
}
