package io.gradelane.bus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage;
import io.gradelane.core.ownership.PeerMessage.NumberedDecision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireTest {

  /** As the messages of a build to come would be: every record has a component more, of whatever type. */
  @Test
  void whatALaterBuildAddsIsSkipped() {
    WireOutput out = begin(11);
    out.header(1, WireType.RECORD);
    out.header(1, WireType.NUMBER);
    out.number(7);
    out.text(2, "hall");
    out.header(3, WireType.KINDED);
    out.varint(900);
    out.header(1, WireType.RECORD);
    out.text(1, "a record in a kind in a term");
    out.end();
    out.end();
    out.end();
    out.header(2, WireType.NUMBER);
    out.number(-5);
    out.header(3, WireType.EIGHT_BYTES);
    out.eight(1);
    out.header(4, WireType.SIXTEEN_BYTES);
    out.eight(1);
    out.eight(2);
    out.text(20, "something new");
    out.text(200, "something new");
    out.end();

    assertThat(Wire.decode(out.toBytes())).isEqualTo(new PeerMessage.Announce(new Term(7, "hall")));
  }

  @Test
  void aGrantTellsHowBusyItsServerIs() {
    var granted = new Decision.Granted(Samples.RUN, Samples.PERMIT, "jobe-2", 17, 3, 8);
    var told = new io.gradelane.bus.BusMessage.Decided(List.of(granted));

    assertThat(Wire.decode(Wire.encode(told))).isEqualTo(told);
  }

  @Test
  void aServersUseTellsItsProbeRuns() {
    var use =
        new io.gradelane.core.dispatch.PoolView.ServerUse("jobe-2", 8, 4, 3, 7, 1, true, false, 2);

    assertThat(Wire.decode(Wire.encode(Samples.viewed(use)))).isEqualTo(Samples.viewed(use));
  }

  @Test
  void whatAnEarlierBuildDoesNotSendIsTheDefault() {
    WireOutput out = begin(14);
    out.header(1, WireType.RECORD);
    out.end();
    out.end();

    assertThat(Wire.decode(out.toBytes()))
        .isEqualTo(new PeerMessage.Ruled(Term.NONE, 0, 0, false, List.of()));
  }

  @Test
  void aComponentThatHasBecomeSomethingElseIsTheDefault() {
    WireOutput out = begin(46);
    out.header(1, WireType.NUMBER);
    out.number(3);
    out.end();

    assertThat(Wire.decode(out.toBytes()))
        .isEqualTo(new io.gradelane.bus.PoolAnswer.NoSuchLane(""));
  }

  @Test
  void aPartOfAKindThatCameLaterKeepsItsNumber() {
    WireOutput out = begin(14);
    out.header(1, WireType.RECORD);
    out.end();
    out.header(5, WireType.RECORD);
    out.header(1, WireType.NUMBER);
    out.number(12);
    out.header(2, WireType.KINDED);
    out.varint(119);
    out.text(1, "a decision of another sort");
    out.end();
    out.end();
    out.end();

    assertThat(Wire.decode(out.toBytes()))
        .isEqualTo(
            new PeerMessage.Ruled(Term.NONE, 0, 0, false, List.of(new NumberedDecision(12, null))));
  }

  @Test
  void aMessageOfAKindThatCameLaterIsUnknown() {
    WireOutput out = begin(999);
    out.text(1, "whatever");
    out.end();

    assertThat(Wire.decode(out.toBytes()))
        .isEqualTo(new Unknown(1, 999, "another build's message"));
  }

  @Test
  void aMessageOfALaterVersionIsUnknown() {
    WireOutput out = new WireOutput();
    out.varint(2);
    out.varint(11);

    assertThat(Wire.decode(out.toBytes())).isEqualTo(new Unknown(2, 11, "another build's message"));
  }

  @Test
  void anEnumsConstantThatCameLaterMakesTheMessageUnknown() {
    WireOutput out = begin(3);
    out.header(2, WireType.NUMBER);
    out.number(77);
    out.end();

    assertThat(Wire.decode(out.toBytes()))
        .isInstanceOfSatisfying(
            Unknown.class,
            unknown -> assertThat(unknown.problem()).contains("constant 77", "expected: 1 to 4"));
  }

  @Test
  void aTextThatWasThereIsMentionedOnly() {
    int one = size(1);

    assertThat(size(2) - one).isLessThan(55);
    assertThat(size(200) - size(100)).isLessThan(100 * 55);
  }

  @Test
  void aGrantAloneIsSmall() {
    assertThat(size(1)).isLessThan(100);
  }

  @Test
  void nullAndEmptyAreTwoThings() {
    var unmarked = new io.gradelane.bus.HealthCommand.SetSlots("s", 0, 2, null);
    var marked = new io.gradelane.bus.HealthCommand.SetSlots("s", 0, 2, 0);

    assertThat(Wire.decode(Wire.encode(unmarked))).isEqualTo(unmarked);
    assertThat(Wire.decode(Wire.encode(marked))).isEqualTo(marked);
  }

  @Test
  void whatIsNoMessageIsNotSent() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Wire.encode(List.of()))
        .withMessageContaining("has no kind");
  }

  @Test
  void noBytesBreakTheReader() {
    Random random = new Random(4);
    List<Integer> known = new ArrayList<>();
    for (Object sample : Samples.ALL) {
      byte[] bytes = Wire.encode(sample);
      for (int i = 0; i < 200; i++) {
        byte[] broken = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
        broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
        known.add(Wire.decode(broken) instanceof Unknown ? 0 : 1);
      }
    }
    assertThat(known).contains(0, 1).hasSize(200 * Samples.ALL.size());
  }

  private static int size(int grants) {
    List<NumberedDecision> decisions = new ArrayList<>();
    for (int i = 0; i < grants; i++) {
      decisions.add(new NumberedDecision(
          1000L + i, new Decision.Granted(Samples.RUN, Samples.PERMIT, "jobe-2", 17)));
    }
    return Wire.encode(new PeerMessage.Ruled(Samples.TERM, 4, 1000, false, decisions)).length;
  }

  private static WireOutput begin(int kind) {
    WireOutput out = new WireOutput();
    out.varint(Wire.VERSION);
    out.varint(kind);
    return out;
  }
}
