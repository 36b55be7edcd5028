package io.gradelane.core.fleet;

import static io.gradelane.core.fleet.Aged.ago;
import static io.gradelane.core.fleet.Aged.launching;
import static io.gradelane.core.fleet.Aged.ready;
import static io.gradelane.core.fleet.Aged.terminating;
import static io.gradelane.core.fleet.Pass.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Memory.Absence;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a listing of the provider says, and what it does not say: hosts that are missing, unknown, broken or ended. */
final class FleetListingsTest {

  @Test
  void terminateIsAskedAgainUntilListingsNoLongerNameTheHost() {
    Pass named = oneReady().has("x", terminating(3600));
    assertThat(named.actions()).containsExactly("terminate x");

    Pass missing = oneReady().knows("x", terminating(3600));
    assertThat(missing.actions()).containsExactly("terminate x");
    assertThat(missing.plan().memory().missing())
        .containsEntry(new HostId("x"), new Absence(NOW, 1));

    Pass longMissing = oneReady().knows("x", terminating(3600)).remembers(missingFor("x", 120));
    assertThat(longMissing.actions()).containsExactly("terminating x terminated");
  }

  @Test
  void aHostThatListingsNoLongerNameIsGoneAfterTheGrace() {
    assertThat(oneReady()
            .knows("x", ready(900))
            .pooled("x", false, 1)
            .wants(2)
            .remembers(missingFor("x", 119))
            .actions())
        .isEmpty();
    assertThat(oneReady()
            .knows("x", ready(900))
            .pooled("x", false, 1)
            .wants(2)
            .remembers(missingFor("x", 120))
            .actions())
        .containsExactly("ready x terminated", "insert new1 launching", "launch new1", "leave x");
  }

  @Test
  void twoListingsProveNothingHoweverFarApart() {
    Pass pass = oneReady().knows("x", terminating(900));

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

    Pass failed =
        oneReady().knows("b", ready(900)).pooled("b", false, 1).wants(2).listingFails();
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
    assertThat(oneReady().intends("a", terminating(60)).lists("i-7", "a").actions())
        .containsExactly("locate a i-7", "terminate a");
    assertThat(oneReady()
            .intends("a", terminating(130))
            .remembers(missingFor("a", 120))
            .actions())
        .containsExactly("terminating a terminated");
  }

  @Test
  void whatIsListedAndUnknownIsAdoptedAsTerminatingAfterTheGrace() {
    Pass fresh = oneReady().lists("i-x", "some-token");
    assertThat(fresh.actions()).isEmpty();
    assertThat(fresh.plan().memory().unknown()).containsEntry("i-x", NOW);

    assertThat(oneReady()
            .lists("i-x", "some-token")
            .remembers(unknownFor("i-x", 120))
            .actions())
        .containsExactly("insert new1 terminating", "terminate new1");
  }

  @Test
  void theSecondHostOfOneTokenIsUnknown() {
    Pass pass = oneReady().lists("i-second", "r").remembers(unknownFor("i-second", 120));

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
    assertThat(oneReady().knows("x", terminating(1)).listsEnded("i-x", "x").actions())
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

  private static Pass oneReady() {
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
}
