package io.gradelane.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.server.ServerState;
import io.gradelane.core.server.ServerState.Down;
import io.gradelane.core.server.ServerState.Drained;
import io.gradelane.core.server.ServerState.Draining;
import io.gradelane.core.server.ServerState.Ready;
import io.gradelane.core.server.ServerState.Suspect;
import io.gradelane.core.server.ServerState.Unknown;
import io.gradelane.core.server.ServerState.Warming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class JudgeTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = START.plusSeconds(3600);
  private static final HealthRules RULES = rules(2, Duration.ofSeconds(10));
  private static final Pattern ROW =
      Pattern.compile("\\| (?!from)([a-z]+) \\| ([a-zA-Z]+) \\| ([a-z]+) \\|");

  private static final List<Sign> SIGNS = List.of(
      new Sign.Told(),
      new Sign.Ran(false, false),
      new Sign.Ran(true, false),
      new Sign.Ran(false, true),
      new Sign.Silent("timeout"),
      new Sign.RanWrong("wrong"),
      new Sign.RunFailed("reset"),
      new Sign.RunWorked(),
      new Sign.Idle(),
      new Sign.Drain(),
      new Sign.Undrain());

  static HealthRules rules(int failures, Duration warmUp) {
    return new HealthRules(
        Duration.ofSeconds(2),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1),
        failures,
        Duration.ofSeconds(5),
        Duration.ofSeconds(60),
        warmUp);
  }

  private static List<ServerState> states(Instant since) {
    return List.of(
        new Unknown(since),
        new Ready(since),
        new Suspect("reset", since),
        new Down("reset", since, 1),
        new Warming(since, 1),
        new Draining(since),
        new Drained(since));
  }

  @Test
  void everyChangeStandsInTheReadmesTableAndNoOther() throws IOException {
    Set<String> drawn = ROW.matcher(Files.readString(Path.of("README.md")))
        .results()
        .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3))
        .collect(Collectors.toCollection(TreeSet::new));
    assertThat(changes()).isEqualTo(drawn);
  }

  /** All that can happen: every state, old and new, every sign, every history, in both kinds of pool. */
  private static Set<String> changes() {
    Set<String> seen = new TreeSet<>();
    for (HealthRules rules : List.of(RULES, rules(1, Duration.ZERO))) {
      for (Instant since : List.of(START, NOW)) {
        for (ServerState state : states(since)) {
          for (Sign sign : SIGNS) {
            for (int failedBefore = 0; failedBefore < 4; failedBefore++) {
              for (boolean dispensable : new boolean[] {true, false}) {
                Track track = failed(failedBefore);
                track.note(sign, NOW);
                ServerState next = new Judge(rules).next(state, sign, track, dispensable, NOW);
                if (!next.word().equals(state.word())) {
                  seen.add(state.word() + " " + word(sign) + " " + next.word());
                }
              }
            }
          }
        }
      }
    }
    return seen;
  }

  private static String word(Sign sign) {
    String name = sign.getClass().getSimpleName();
    return Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private static Track failed(int times) {
    Track track = new Track();
    for (int i = 0; i < times; i++) {
      track.note(i % 2 == 0 ? new Sign.RunFailed("reset") : new Sign.Silent("timeout"), NOW);
      track.note(new Sign.RunFailed("reset"), NOW);
    }
    return track;
  }

  private final Judge judge = new Judge(RULES);
  private final Track track = new Track();

  private ServerState next(ServerState state, Sign sign) {
    return next(state, sign, NOW);
  }

  private ServerState next(ServerState state, Sign sign, Instant now) {
    track.note(sign, now);
    return judge.next(state, sign, track, true, now);
  }

  @Test
  void oneFailedProbeMakesAServerSuspectAndTwoInARowBringItDown() {
    ServerState suspect = next(new Ready(START), new Sign.Silent("timeout"));
    assertThat(suspect).isEqualTo(new Suspect("timeout", NOW, 0));
    assertThat(next(suspect, new Sign.Silent("refused"))).isEqualTo(new Down("refused", NOW, 1));
  }

  @Test
  void aSuccessBetweenTwoFailedProbesForgivesTheFirst() {
    ServerState suspect = next(new Ready(START), new Sign.Silent("timeout"));
    ServerState ready = next(suspect, new Sign.Told());
    assertThat(ready).isEqualTo(new Ready(NOW, 0));
    assertThat(next(ready, new Sign.Silent("timeout"))).isInstanceOf(Suspect.class);
  }

  @Test
  void tellingLanguagesTakesNoServerBackOnWhichRunsFail() {
    ServerState suspect = next(new Ready(START), new Sign.RanWrong("wrong"));
    assertThat(next(suspect, new Sign.Told())).isSameAs(suspect);
    assertThat(next(suspect, new Sign.RanWrong("wrong"))).isInstanceOf(Down.class);
  }

  @Test
  void tellingLanguagesDoesNotMakeAnUnknownOrADownServerReady() {
    assertThat(next(new Unknown(START), new Sign.Told())).isInstanceOf(Unknown.class);
    assertThat(next(new Down("reset", START, 1), new Sign.Told())).isInstanceOf(Down.class);
  }

  @Test
  void oneFailedRunMakesAServerSuspectAndThreeInARowEjectIt() {
    ServerState state = next(new Ready(START), new Sign.RunFailed("reset"));
    assertThat(state).isEqualTo(new Suspect("reset", NOW, 0));
    state = next(state, new Sign.RunFailed("reset"));
    assertThat(state).isInstanceOf(Suspect.class);
    assertThat(next(state, new Sign.RunFailed("reset"))).isEqualTo(new Down("reset", NOW, 1));
  }

  @Test
  void runsAloneNeverEjectAServerThatThePoolCanNotDoWithout() {
    ServerState state = new Ready(START);
    for (int i = 0; i < 100; i++) {
      Sign sign = new Sign.RunFailed("reset");
      track.note(sign, NOW);
      state = judge.next(state, sign, track, false, NOW);
    }
    assertThat(state).isEqualTo(new Suspect("reset", NOW, 0));
  }

  @Test
  void aWarmingServerGoesDownAtTheFirstFailedProbeAndForLonger() {
    assertThat(next(new Warming(START, 2), new Sign.Silent("timeout")))
        .isEqualTo(new Down("timeout", NOW, 3));
  }

  @Test
  void aWarmingServerIsReadyWhenItIsWarmAndNotBefore() {
    Warming warming = new Warming(START, 2);
    Instant early = START.plusMillis(9_999);
    assertThat(next(warming, new Sign.Told(), early)).isSameAs(warming);
    Instant late = START.plusSeconds(10);
    assertThat(next(warming, new Sign.Told(), late)).isEqualTo(new Ready(late, 2));
  }

  @Test
  void anEjectionIsForgottenAfterACalmTime() {
    track.note(new Sign.Silent("timeout"), NOW);
    Ready shortly = new Ready(NOW.minusSeconds(59), 3);
    assertThat(next(shortly, new Sign.Silent("timeout"))).isEqualTo(new Down("timeout", NOW, 4));
    Ready long_ = new Ready(NOW.minusSeconds(60), 3);
    assertThat(next(long_, new Sign.Silent("timeout"))).isEqualTo(new Down("timeout", NOW, 1));
  }

  @Test
  void aServerProbedInVainStaysDownAsLongAsBefore() {
    assertThat(next(new Down("reset", START, 2), new Sign.Silent("refused")))
        .isEqualTo(new Down("refused", START, 2));
  }

  @Test
  void aServerStaysDownForItsTimeUnlessAnOperatorWantsItBack() {
    Down down = new Down("reset", NOW.minusMillis(9_999), 2);
    assertThat(judge.needsRun(down, new Track(), NOW)).isFalse();
    assertThat(next(down, new Sign.Ran(false, false))).isSameAs(down);
    assertThat(next(down, new Sign.Ran(true, false))).isEqualTo(new Warming(NOW, 2));
    Down longer = new Down("reset", NOW.minusSeconds(10), 2);
    assertThat(judge.needsRun(longer, new Track(), NOW)).isTrue();
    assertThat(next(longer, new Sign.Ran(false, false))).isEqualTo(new Warming(NOW, 2));
  }

  @Test
  void aServerIsDrainedOnlyWhenTheDispatcherHasHadTimeToLearnThatItDrains() {
    Draining draining = new Draining(NOW.minusMillis(1_999));
    assertThat(next(draining, new Sign.Idle())).isSameAs(draining);
    assertThat(next(new Draining(NOW.minusSeconds(2)), new Sign.Idle()))
        .isEqualTo(new Drained(NOW));
  }

  @Test
  void whatTheOperatorDrainsOnlyTheOperatorTakesBack() {
    for (ServerState state : List.of(new Draining(START), new Drained(START))) {
      for (Sign sign : SIGNS) {
        if (!(sign instanceof Sign.Undrain) && !(sign instanceof Sign.Idle)) {
          assertThat(next(state, sign)).as("%s %s", state, sign).isSameAs(state);
        }
      }
    }
  }

  @Test
  void pausesAreShortInDoubtAndGrowWithEjections() {
    assertThat(judge.pause(new Ready(START), NOW)).hasSeconds(2);
    assertThat(judge.pause(new Unknown(START), NOW)).hasMillis(500);
    assertThat(judge.pause(new Drained(START), NOW)).hasSeconds(2);
    assertThat(judge.pause(new Suspect("reset", START), NOW)).hasSeconds(1);
    assertThat(judge.pause(new Down("reset", NOW, 1), NOW)).hasSeconds(5);
    assertThat(judge.pause(new Down("reset", NOW, 2), NOW)).hasSeconds(10);
    assertThat(judge.pause(new Down("reset", NOW, 4), NOW)).hasSeconds(40);
    assertThat(judge.pause(new Down("reset", NOW, 5), NOW)).hasSeconds(60);
    assertThat(judge.pause(new Down("reset", NOW, 5_000), NOW)).hasSeconds(60);
    assertThat(judge.pause(new Down("reset", NOW.minusSeconds(30), 5), NOW)).hasSeconds(30);
    assertThat(judge.pause(new Down("reset", START, 5), NOW))
        .as("served its time")
        .hasSeconds(5);
  }

  @Test
  void onlyWhereNothingElseCanTellAProbeMustIncludeARun() {
    for (ServerState state : states(START)) {
      boolean always = state instanceof Unknown || state instanceof Down;
      assertThat(judge.needsRun(state, new Track(), NOW)).as(state.word()).isEqualTo(always);
    }
    track.note(new Sign.RunFailed("reset"), NOW);
    for (ServerState state : states(START)) {
      boolean ever = !(state instanceof Draining || state instanceof Drained);
      assertThat(judge.needsRun(state, track, NOW)).as(state.word()).isEqualTo(ever);
    }
  }
}
