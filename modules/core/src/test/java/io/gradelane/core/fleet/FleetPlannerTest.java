package io.gradelane.core.fleet;

import static io.gradelane.core.fleet.Aged.ago;
import static io.gradelane.core.fleet.Aged.draining;
import static io.gradelane.core.fleet.Aged.launching;
import static io.gradelane.core.fleet.Aged.ready;
import static io.gradelane.core.fleet.Aged.terminating;
import static io.gradelane.core.fleet.Aged.unhealthy;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostState.Draining;
import org.junit.jupiter.api.Test;

/** How many hosts there shall be, and which of them come, go and are taken back. */
final class FleetPlannerTest {

  @Test
  void anEmptyFleetLaunchesItsLeastRowFirst() {
    assertThat(new Pass().rules(Pass.rules(Scaling.AUTO, 2, 5)).actions())
        .containsExactly(
            "insert new1 launching", "insert new2 launching", "launch new1", "launch new2");
  }

  @Test
  void launchingHostsCountSoTheSameNeedIsNotMetTwice() {
    Pass pass =
        new Pass().wants(3).has("a", ready(900)).pooled("a", false, 4).has("b", launching(20));

    assertThat(pass.actions()).containsExactly("insert new1 launching", "launch new1");
  }

  @Test
  void nothingIsLaunchedAboveTheMostWhateverStateTheOthersAreIn() {
    Pass pass = new Pass()
        .rules(Pass.rules(Scaling.AUTO, 1, 4))
        .wants(9)
        .has("a", ready(900))
        .pooled("a", false, 4)
        .has("b", unhealthy(60))
        .pooled("b", true, 1)
        .has("c", terminating(60));

    assertThat(pass.actions())
        .containsExactly("insert new1 launching", "terminate c", "launch new1");
    assertThat(pass.plan().why())
        .endsWith(
            "The most of 4 counts those that are unhealthy or going: 1 of 3 could be launched.");
  }

  @Test
  void whatTheProviderHasAndNobodyKnowsCountsAgainstTheMost() {
    Pass pass = new Pass()
        .rules(Pass.rules(Scaling.AUTO, 1, 2))
        .wants(2)
        .lists("i-x", "x")
        .lists("i-y", "");

    assertThat(pass.actions()).isEmpty();
  }

  @Test
  void theNewestDrainingIsTakenBackBeforeAnythingIsLaunched() {
    Pass pass = new Pass()
        .wants(3)
        .has("a", draining(50))
        .pooled("a", true, 0)
        .has("b", draining(20))
        .pooled("b", false, 2)
        .has("c", ready(900))
        .pooled("c", false, 4);

    assertThat(pass.actions()).containsExactly("draining b ready", "draining a ready", "join a");
  }

  @Test
  void whatAnOperatorDrainsIsNotTakenBack() {
    Pass pass =
        new Pass().has("a", new Draining(ago(50), "by hand", Who.OPERATOR)).pooled("a", true, 1);

    assertThat(pass.actions()).containsExactly("insert new1 launching", "launch new1");
  }

  @Test
  void surplusDrainsTheOldestReady() {
    Pass pass = new Pass()
        .has("b", ready(500))
        .pooled("b", false, 1)
        .has("a", ready(900))
        .pooled("a", false, 1)
        .has("c", ready(100))
        .pooled("c", false, 1)
        .has("d", launching(10));

    assertThat(pass.actions())
        .containsExactly("ready a draining", "ready b draining", "close a", "close b");
  }

  @Test
  void nothingDrainsWhileTheLoadIsUnknown() {
    Pass pass = new Pass().loadUnknown().has("a", ready(900)).has("b", ready(800));
    pass.pooled("a", false, 0).pooled("b", false, 0);

    assertThat(pass.actions()).isEmpty();
    assertThat(pass.plan().why())
        .endsWith("Nothing is drained until the load of the last while is known.");
  }

  @Test
  void onlyWhatIsClosedAndEmptyEnds() {
    Pass pass = new Pass()
        .has("a", ready(900))
        .pooled("a", false, 0)
        .has("open", draining(900))
        .pooled("open", false, 0)
        .has("busy", draining(800))
        .pooled("busy", true, 1)
        .has("idle", draining(700))
        .pooled("idle", true, 0)
        .has("out", draining(600));

    assertThat(pass.actions())
        .containsExactly(
            "draining idle terminating",
            "draining out terminating",
            "terminate idle",
            "terminate out",
            "close open",
            "leave idle");
  }

  @Test
  void aPoolThatCannotBeAskedProvesNothingIdle() {
    Pass pass = new Pass()
        .has("a", ready(900))
        .has("b", draining(900))
        .has("c", unhealthy(900))
        .poolFails();

    assertThat(pass.actions()).isEmpty();
  }

  @Test
  void unhealthyHostsEndWhenIdleOrWhenTheyHaveHadTheirTime() {
    Pass pass = new Pass()
        .has("r", ready(900))
        .pooled("r", false, 0)
        .has("a", unhealthy(60))
        .pooled("a", true, 0)
        .has("b", unhealthy(12 * 3600 - 1))
        .pooled("b", true, 3)
        .has("c", unhealthy(12 * 3600))
        .pooled("c", true, 3);

    assertThat(pass.actions())
        .containsExactly(
            "unhealthy c terminating",
            "unhealthy a terminating",
            "terminate c",
            "terminate a",
            "leave c",
            "leave a");
  }

  @Test
  void aServerThatStaysDownMakesItsHostUnhealthyAndAnotherIsLaunched() {
    assertThat(new Pass().has("a", ready(900)).down("a", 59).actions()).isEmpty();
    assertThat(new Pass().has("a", ready(900)).down("a", 60).actions())
        .containsExactly("ready a unhealthy", "insert new1 launching", "launch new1", "close a");
  }

  @Test
  void launchingHostsAnswerOrExpire() {
    Pass pass = new Pass()
        .wants(2)
        .has("a", launching(30))
        .answers("a")
        .has("b", launching(600))
        .has("c", launching(599));

    assertThat(pass.actions())
        .containsExactly("launching b terminating", "launching a ready", "terminate b", "join a");
  }

  @Test
  void byHandNothingIsLaunchedOrDrainedButAllElseIsDone() {
    Pass pass = new Pass()
        .rules(Pass.rules(Scaling.HAND, 3, 5))
        .has("a", ready(900))
        .pooled("a", false, 0)
        .has("b", draining(800))
        .pooled("b", true, 0)
        .intends("c", launching(5));

    assertThat(pass.actions())
        .containsExactly("draining b terminating", "terminate b", "launch c", "leave b");
  }

  @Test
  void aFixedFleetEnrolsWhatIsListedAndEndsNothing() {
    FleetRules fixed = Pass.rules(Scaling.FIXED, 1, 5);
    assertThat(new Pass().rules(fixed).lists("http://s1", "").actions())
        .containsExactly("insert new1 launching");

    Pass pass = new Pass()
        .rules(fixed)
        .wants(4)
        .has("a", ready(900))
        .down("a", 900)
        .has("b", launching(9000))
        .has("c", draining(900))
        .pooled("c", true, 0);
    assertThat(pass.actions()).isEmpty();
  }

  @Test
  void readyHostsThatThePoolDoesNotHaveJoinAndOthersThatItHasLeave() {
    Pass pass = new Pass().has("a", ready(900)).pooled("stale", false, 0);

    assertThat(pass.actions()).containsExactly("join a", "leave stale");
  }

  @Test
  void thePlanSaysWhatThereIsAndWhy() {
    assertThat(new Pass()
            .wants(2)
            .has("a", ready(900))
            .pooled("a", false, 0)
            .plan()
            .why())
        .isEqualTo(
            "There are 2 hosts: 1 launching, 1 ready. 2 hosts wanted. linear: 8 slots (8 busy and 0"
                + " waiting runs times 1.0). The highest, at 4 slots a host, is 2 hosts.");
  }
}
