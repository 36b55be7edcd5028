package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PatienceTest {

  private static final LaneSpec MINUTE =
      new LaneSpec("live", true, 1, 0, 99, Duration.ofMinutes(1), 5, false);

  @Test
  void endsWithTheLanes() {
    Pool pool = new Pool(MINUTE).server("a", 1);
    pool.want("live");
    RunId waits = pool.want("live");
    pool.pass(Duration.ofMillis(59_999));
    assertThat(pool.refused).isEmpty();

    pool.pass(Duration.ofMillis(1));

    assertThat(pool.refusalOf(waits)).isEqualTo(Refusal.PATIENCE);
  }

  @Test
  void endsWithTheCallersIfThatIsShorterAndCountsFromTheVeryStart() {
    Pool pool = new Pool(MINUTE).server("a", 1);
    pool.want("live");
    RunId waits = pool.want(pool.a("live").patience(10_000).waited(4_000));
    pool.pass(Duration.ofMillis(5_999));
    assertThat(pool.refused).isEmpty();

    pool.pass(Duration.ofMillis(1));

    assertThat(pool.refusalOf(waits)).isEqualTo(Refusal.PATIENCE);
  }

  @Test
  void thatIsOverAlreadyIsRefusedAtOnce() {
    Pool pool = new Pool(MINUTE).server("a", 1);

    RunId late = pool.want(pool.a("live").attempt(2).waited(60_000));

    assertThat(pool.refusalOf(late)).isEqualTo(Refusal.PATIENCE);
  }

  @Test
  void changedForALaneActsOnThoseThatWait() {
    Pool pool = new Pool(MINUTE).server("a", 1);
    pool.want("live");
    RunId waits = pool.want("live");
    LaneSpec shorter = new LaneSpec("live", true, 1, 0, 99, Duration.ofSeconds(5), 5, false);
    pool.dispatcher.lane(shorter, pool.now);

    pool.pass(Duration.ofSeconds(5));

    assertThat(pool.refusalOf(waits)).isEqualTo(Refusal.PATIENCE);
  }

  @Test
  void aStartThatSurelyComesTooLateIsRefusedOnArrival() {
    LaneSpec wide = new LaneSpec("live", true, 1, 0, 99, Duration.ofMinutes(1), 500, false);
    Pool pool = new Pool(wide).server("a", 2);
    for (int i = 0; i < 40; i++) {
      pool.done(pool.want("live"), Ending.OK, 10_000);
    }
    pool.want(2, "live");
    pool.want(13, "live");
    assertThat(pool.refused).isEmpty();

    RunId late = pool.want("live");
    assertThat(pool.refusalOf(late)).as("14th of 10 s each on 2 slots").isEqualTo(Refusal.PATIENCE);
    RunId other = pool.want(pool.a("live").tenant("other"));
    assertThat(pool.dispatcher.why(other, pool.now).place())
        .as("another tenant's turn comes sooner")
        .isEqualTo(2);
  }

  @Test
  void nothingIsRefusedOnAGuess() {
    LaneSpec wide = new LaneSpec("live", true, 1, 0, 99, Duration.ofMinutes(1), 500, false);
    Pool pool = new Pool(wide).server("a", 1);

    pool.want(300, "live");

    assertThat(pool.refused).isEmpty();
  }

  @Test
  void aFullLaneRefusesTheNewestButCountsOnlyThoseThatWait() {
    Pool pool = new Pool(MINUTE).server("a", 2);

    pool.want(7, "live");
    assertThat(pool.refused).isEmpty();

    assertThat(pool.refusalOf(pool.want("live"))).isEqualTo(Refusal.LANE_FULL);
  }

  @Test
  void aLaneThatMayNotQueueStillStartsWhatCanStart() {
    LaneSpec none = new LaneSpec("live", true, 1, 0, 99, Duration.ofMinutes(1), 0, false);
    Pool pool = new Pool(none).server("a", 1);

    assertThat(pool.runs(pool.want("live"))).isTrue();
    assertThat(pool.refusalOf(pool.want("live"))).isEqualTo(Refusal.LANE_FULL);
  }
}
