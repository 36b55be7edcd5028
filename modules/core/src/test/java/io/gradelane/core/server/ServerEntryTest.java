package io.gradelane.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerEntryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:42:00Z");
  private static final ServerState READY = new ServerState.Ready(NOW);
  private static final ServerWord SIZED = new ServerWord(7, false, null, 8, 4);

  private final ServerEntry entry = new ServerEntry(configured(4), READY, Map.of(), 1);

  @Test
  void whatAnOperatorSaysHoldsUntilHeTakesItBack() {
    ServerEntry resized = entry.saying(SIZED, READY);
    ServerEntry back = resized.saying(ServerWord.nothing(8), READY);

    assertThat(resized.spec()).isEqualTo(configured(8));
    assertThat(resized.version()).isEqualTo(2);
    assertThat(back.spec()).isEqualTo(configured(4));
  }

  @Test
  void anotherConfigurationChangesOnlyWhatNobodyHasSaidAnythingOf() {
    ServerEntry resized = entry.saying(SIZED, READY);

    ServerEntry alike = resized.configuredAs(configured(8));
    assertThat(alike.configuredAs(configured(6)).spec())
        .as("even if it was configured alike for a while")
        .isEqualTo(configured(8));
    assertThat(entry.configuredAs(configured(6)).spec()).isEqualTo(configured(6));
  }

  @Test
  void whatWasKeptHoldsIfNothingWasSaidSince() {
    ServerWord drained = new ServerWord(7, true, 2.0, null, null);

    ServerEntry again = entry.remembering(drained, NOW);
    assertThat(again.state()).isEqualTo(new ServerState.Draining(NOW));
    assertThat(again.spec().weight()).isEqualTo(2);
    assertThat(again.remembering(drained, NOW)).isSameAs(again);
    ServerEntry taken = again.saying(ServerWord.nothing(8), READY);
    assertThat(taken.remembering(drained, NOW)).as("taken back since").isSameAs(taken);
  }

  @Test
  void aWordThatAnOlderNodeHasLostIsToldFromWhatHolds() {
    ServerEntry resized = entry.saying(SIZED, READY);
    ServerEntry lost =
        new ServerEntry(resized.spec(), READY, Map.of(), 3, resized.configured(), null);

    assertThat(lost.said()).isEqualTo(new ServerWord(0, false, null, 8, 4));
    assertThat(lost.configuredAs(configured(6)).spec()).isEqualTo(configured(8));
  }

  @Test
  void eachWordIsLaterThanTheOneBefore() {
    assertThat(SIZED.next(3)).isEqualTo(8);
    assertThat(SIZED.next(30)).isEqualTo(30);
  }

  private static ServerSpec configured(int slots) {
    return new ServerSpec(
        "s1", URI.create("http://jobe:4000"), null, slots, slots / 2, 1, Map.of());
  }
}
