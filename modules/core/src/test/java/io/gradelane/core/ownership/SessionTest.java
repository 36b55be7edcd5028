package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two ends of a session. */
class SessionTest {

  private final Outbox<String> outbox = new Outbox<>();
  private final Intake intake = new Intake();
  private long now = 1_000_000_000_000L;

  @Test
  void everythingIsSentOnce() {
    outbox.add("a");
    outbox.add("b");

    assertThat(send()).containsExactly("1 a", "2 b");
    assertThat(outbox.hasUnsent()).isFalse();
    outbox.add("c");
    assertThat(send()).containsExactly("3 c");
  }

  @Test
  void whatIsNotAcknowledgedIsSentAgainAfterAWhile() {
    outbox.add("a");
    outbox.add("b");
    send();
    outbox.acknowledge(1, now);

    now += Timing.RESEND - 1;
    outbox.resendIfSilent(now);
    assertThat(outbox.hasUnsent()).isFalse();
    now++;
    outbox.resendIfSilent(now);
    assertThat(send()).containsExactly("2 b");
  }

  @Test
  void aGapIsClosedAtOnceAndNotTwice() {
    outbox.add("a");
    outbox.add("b");
    send();

    outbox.sendAgain(now);
    assertThat(send()).containsExactly("1 a", "2 b");
    outbox.sendAgain(now + 1);
    assertThat(outbox.hasUnsent()).isFalse();
  }

  @Test
  void aLargeNumberGoesInSeveralMessages() {
    for (int i = 0; i < Outbox.BATCH + 1; i++) {
      outbox.add("x");
    }
    assertThat(send()).hasSize(Outbox.BATCH);
    assertThat(send()).containsExactly((Outbox.BATCH + 1) + " x");
    outbox.acknowledge(Outbox.BATCH + 1, now);
    assertThat(outbox.isEmpty()).isTrue();
    assertThat(outbox.last()).isEqualTo(Outbox.BATCH + 1);
  }

  @Test
  void whatComesTwiceCountsOnceAndNothingAfterAGap() {
    assertThat(intake.takes(1, now)).isTrue();
    assertThat(intake.takes(1, now)).isFalse();
    assertThat(intake.takes(3, now)).isFalse();
    assertThat(intake.gap()).isTrue();
    assertThat(intake.due(now)).isTrue();
    assertThat(intake.takes(2, now)).isTrue();
    assertThat(intake.takes(3, now)).isTrue();
    assertThat(intake.gap()).isFalse();
    assertThat(intake.last()).isEqualTo(3);
  }

  @Test
  void anAcknowledgementWaitsForSomethingToTravelWith() {
    intake.takes(1, now);
    assertThat(intake.due(now)).isFalse();
    assertThat(intake.due(now + Timing.ACKNOWLEDGE)).isTrue();
    intake.told();
    assertThat(intake.due(now + Timing.ACKNOWLEDGE)).isFalse();
  }

  private List<String> send() {
    List<String> sent = new ArrayList<>();
    outbox.send((number, item) -> sent.add(number + " " + item), now);
    return sent;
  }
}
