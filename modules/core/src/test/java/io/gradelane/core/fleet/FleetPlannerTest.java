package io.gradelane.core.fleet;

import static io.gradelane.core.fleet.Pass.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.HostState.Ready;
import io.gradelane.core.fleet.HostState.Terminating;
import io.gradelane.core.fleet.HostState.Unhealthy;
import io.gradelane.core.fleet.Memory.Absence;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

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
  void terminateIsAskedAgainUntilListingsNoLongerNameTheHost() {
    Pass named = ready().has("x", terminating(3600));
    assertThat(named.actions()).containsExactly("terminate x");

    Pass missing = ready().knows("x", terminating(3600));
    assertThat(missing.actions()).containsExactly("terminate x");
    assertThat(missing.plan().memory().missing())
        .containsEntry(new HostId("x"), new Absence(NOW, 1));

    Pass longMissing = ready().knows("x", terminating(3600)).remembers(missingFor("x", 120));
    assertThat(longMissing.actions()).containsExactly("terminating x terminated");
  }

  @Test
  void aHostThatListingsNoLongerNameIsGoneAfterTheGrace() {
    assertThat(ready()
            .knows("x", ready(900))
            .pooled("x", false, 1)
            .wants(2)
            .remembers(missingFor("x", 119))
            .actions())
        .isEmpty();
    assertThat(ready()
            .knows("x", ready(900))
            .pooled("x", false, 1)
            .wants(2)
            .remembers(missingFor("x", 120))
            .actions())
        .containsExactly("ready x terminated", "insert new1 launching", "launch new1", "leave x");
  }

  @Test
  void twoListingsProveNothingHoweverFarApart() {
    Pass pass = ready().knows("x", terminating(900));

    assertThat(pass.remembers(memory -> new Memory(
                memory.desires(),
                Map.of(new HostId("x"), new Absence(ago(900), 1)),
                Map.of(),
                memory.pause()))
            .actions())
        .containsExactly("terminate x");
  }

  @Test
  void anEmptyOrFailedListingNeverMeansAllGone() {
    Pass empty = new Pass()
        .wants(2)
        .knows("a", ready(900))
        .pooled("a", false, 1)
        .knows("b", ready(900))
        .pooled("b", false, 1)
        .remembers(missingFor("a", 9999));
    assertThat(empty.actions()).isEmpty();

    Pass failed = ready().knows("b", ready(900)).pooled("b", false, 1).wants(2).listingFails();
    assertThat(failed.remembers(missingFor("b", 9999)).actions()).isEmpty();
  }

  @Test
  void anEmptyListingIsTrueOfWhatWasBeingTerminated() {
    Pass pass = new Pass().rules(Pass.rules(Scaling.AUTO, 1, 1)).knows("x", terminating(900));

    assertThat(pass.remembers(missingFor("x", 120)).actions())
        .containsExactly("terminating x terminated", "insert new1 launching", "launch new1");
  }

  @Test
  void anIntentIsLaunchedAgainUntilTheProviderListsItsToken() {
    assertThat(new Pass().intends("a", launching(60)).actions()).containsExactly("launch a");
    assertThat(new Pass().intends("a", launching(60)).lists("i-7", "a").actions())
        .containsExactly("locate a i-7");
  }

  @Test
  void anIntentThatExpiresBeforeAnybodyToldItsNameEndsWithTheGrace() {
    assertThat(new Pass().intends("a", launching(600)).actions())
        .containsExactly("launching a terminating");
    assertThat(ready().intends("a", terminating(60)).lists("i-7", "a").actions())
        .containsExactly("locate a i-7", "terminate a");
    assertThat(ready()
            .intends("a", terminating(130))
            .remembers(missingFor("a", 120))
            .actions())
        .containsExactly("terminating a terminated");
  }

  @Test
  void whatIsListedAndUnknownIsAdoptedAsTerminatingAfterTheGrace() {
    Pass fresh = ready().lists("i-x", "some-token");
    assertThat(fresh.actions()).isEmpty();
    assertThat(fresh.plan().memory().unknown()).containsEntry("i-x", NOW);

    assertThat(
            ready().lists("i-x", "some-token").remembers(unknownFor("i-x", 120)).actions())
        .containsExactly("insert new1 terminating", "terminate new1");
  }

  @Test
  void theSecondHostOfOneTokenIsUnknown() {
    Pass pass = ready().lists("i-second", "r").remembers(unknownFor("i-second", 120));

    assertThat(pass.actions()).containsExactly("insert new1 terminating", "terminate new1");
  }

  @Test
  void whatIsListedAsBrokenIsUnhealthy() {
    Pass pass = new Pass().knows("a", launching(30)).listsBroken("i-a", "a").knows("b", ready(900));
    pass.listsBroken("i-b", "b").pooled("b", false, 2);

    assertThat(pass.actions())
        .containsExactly(
            "launching a unhealthy",
            "ready b unhealthy",
            "unhealthy a terminating",
            "terminate a",
            "close b");
  }

  @Test
  void whatIsListedAsEndedIsReplacedAtOnceAtTheMostTooWhateverPermitsAreOut() {
    Pass pass = new Pass()
        .rules(Pass.rules(Scaling.AUTO, 1, 2))
        .wants(2)
        .has("a", ready(900))
        .pooled("a", false, 4)
        .knows("b", ready(900))
        .listsEnded("i-b", "b")
        .pooled("b", false, 4);

    assertThat(pass.actions())
        .containsExactly("ready b terminated", "insert new1 launching", "launch new1", "leave b");
  }

  @Test
  void whatIsOnlyBrokenStillCountsAgainstTheMost() {
    Pass pass = new Pass()
        .rules(Pass.rules(Scaling.AUTO, 1, 2))
        .wants(2)
        .has("a", ready(900))
        .pooled("a", false, 4)
        .knows("b", ready(900))
        .listsBroken("i-b", "b")
        .pooled("b", false, 4);

    assertThat(pass.actions()).containsExactly("ready b unhealthy", "close b");
  }

  @Test
  void whatIsTerminatingAndListedAsEndedIsGoneBeforeAnyGrace() {
    assertThat(ready().knows("x", terminating(1)).listsEnded("i-x", "x").actions())
        .containsExactly("terminating x terminated");
  }

  @Test
  void aLaunchThatIsListedAsEndedHasComeToNothing() {
    Pass pass = new Pass().intends("a", launching(30)).listsEnded("i-a", "a");

    assertThat(pass.actions()).containsExactly("locate a i-a", "launching a terminated");
    assertThat(pass.plan().memory().pause()).isEqualTo(new LaunchPause(1, NOW.plusSeconds(10)));
  }

  @Test
  void whatHasEndedAndNobodyKnowsIsNobodysAndTakesNoRoom() {
    Pass pass = new Pass().rules(Pass.rules(Scaling.AUTO, 1, 1)).listsEnded("i-x", "x");

    assertThat(pass.actions()).containsExactly("insert new1 launching", "launch new1");
    assertThat(pass.plan().memory().unknown()).isEmpty();
  }

  @Test
  void afterALaunchThatCameToNothingNoneIsBegunForAWhile() {
    Pass pass = new Pass().knows("a", launching(30)).listsBroken("i-a", "a");

    LaunchPause pause = pass.plan().memory().pause();
    assertThat(pause).isEqualTo(new LaunchPause(1, NOW.plusSeconds(10)));
    assertThat(pass.plan().why()).endsWith("the next is tried at 2026-01-01T08:00:10Z.");
    assertThat(pause.failed(NOW).failed(NOW).until()).isEqualTo(NOW.plusSeconds(40));
    LaunchPause many = pause;
    for (int i = 0; i < 100; i++) {
      many = many.failed(NOW);
    }
    assertThat(many.until()).isEqualTo(NOW.plusSeconds(300));
  }

  @Test
  void aHostThatAnswersEndsThePause() {
    Pass pass = new Pass()
        .has("a", launching(30))
        .answers("a")
        .remembers(memory -> memory.with(new LaunchPause(3, NOW.plusSeconds(40))));

    assertThat(pass.plan().memory().pause()).isEqualTo(LaunchPause.NONE);
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

  private static Pass ready() {
    return new Pass().has("r", ready(900)).pooled("r", false, 0);
  }

  private static UnaryOperator<Memory> missingFor(String id, int seconds) {
    return memory -> new Memory(
        memory.desires(),
        Map.of(new HostId(id), new Absence(ago(seconds), 2)),
        Map.of(),
        memory.pause());
  }

  private static UnaryOperator<Memory> unknownFor(String ref, int seconds) {
    return memory ->
        new Memory(memory.desires(), Map.of(), Map.of(ref, ago(seconds)), memory.pause());
  }

  private static Instant ago(int seconds) {
    return NOW.minusSeconds(seconds);
  }

  private static HostState launching(int age) {
    return new Launching(ago(age), "wanted");
  }

  private static HostState ready(int age) {
    return new Ready(ago(age), "answers");
  }

  private static HostState draining(int age) {
    return new Draining(ago(age), "surplus", Who.LOOP);
  }

  private static HostState unhealthy(int age) {
    return new Unhealthy(ago(age), "down");
  }

  private static HostState terminating(int age) {
    return new Terminating(ago(age), "idle");
  }
}
