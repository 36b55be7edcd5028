package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.dispatch.Decision;
import io.gradelane.core.dispatch.Holding;
import io.gradelane.core.dispatch.PermitId;
import io.gradelane.core.dispatch.Telling;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.ownership.PeerMessage.Announce;
import io.gradelane.core.ownership.PeerMessage.Beat;
import io.gradelane.core.ownership.PeerMessage.Held;
import io.gradelane.core.ownership.PeerMessage.NodeHoldings;
import io.gradelane.core.ownership.PeerMessage.Report;
import io.gradelane.core.ownership.Stance.Owning;
import io.gradelane.core.run.Ending;
import io.gradelane.core.run.RunId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Permits of nodes that are missing: how long their slots stay taken, whoever dispatches. */
final class MissingHoldingsTest extends OneNode {

  @Test
  void whatMissingNodesHeldStaysTakenUntilTheyReport() {
    node.begin(List.of("self", "other"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 10_000)))),
        List.of(new Holding(new PermitId(OTHERS, 2), "exam", "s", 6_000)),
        List.of()));
    pass(Timing.SILENCE + Timing.CANDIDATE);
    assertThat(node.stance()).isInstanceOf(Owning.class);
    assertThat(dispatcher().view(now).quarantined()).isEqualTo(2);

    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 100);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    assertThat(dispatcher().view(now).quarantined()).isEqualTo(1);
    assertThat(dispatcher().view(now).servers().getFirst().inUse()).isEqualTo(2);

    pass(2_000 * Timing.MILLI);
    assertThat(dispatcher().view(now).servers().getFirst().inUse()).isEqualTo(1);
  }

  @Test
  void anOwnerThatDiesBeforeItsFirstBeatTakesNothingOfTheLastOnesWithIt() {
    node.begin(List.of("self", "other", "third"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 20_000)))),
        List.of(),
        List.of()));
    hear(new Announce(new Term(5, "third")));
    node.members(List.of("self"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);

    assertThat(node.stance()).isInstanceOf(Owning.class);
    assertThat(dispatcher().quarantined(now)).extracting(Holding::permit).containsExactly(permit);
  }

  @Test
  void whatTheOtherSideOfASplitTakesForMineIsMineToKnow() {
    node.begin(List.of("self"), now);
    RunId run = want();
    Decision.Granted granted = (Decision.Granted) answers.getFirst();
    Holding holding = new Holding(granted.permit(), "exam", "s", 10_000);
    node.tell("a", new Telling.Done(run, granted.permit(), Ending.OK, 5), now);

    List<NodeHoldings> missing = List.of(
        new NodeHoldings("self", List.of(holding)),
        new NodeHoldings(
            "third", List.of(new Holding(new PermitId(OTHERS, 8), "exam", "s", 10_000))));
    hear(new Report(node.stance().term(), "other", 1, List.of(), List.of(), List.of(), 0, missing));

    assertThat(dispatcher().quarantined(now))
        .extracting(Holding::permit)
        .containsExactly(new PermitId(OTHERS, 8));
    hear(new Report(
        node.stance().term(), "third", 1, List.of(), List.of(), List.of(), 0, List.of()));
    assertThat(dispatcher().quarantined(now)).isEmpty();
  }

  @Test
  void whatAnOwnerMissedItLeavesUnderItsHoldersName() {
    node.begin(List.of("self", "other"), now);
    pass(Timing.SILENCE + 2 * Timing.CANDIDATE);
    PermitId permit = new PermitId(OTHERS, 3);
    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 100);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    pass(Timing.SILENCE + 100 * Timing.MILLI);
    assertThat(dispatcher().quarantined(now)).hasSize(1);

    hear(new Announce(new Term(9, "other")));

    assertThat(sent.getLast()).isInstanceOfSatisfying(Report.class, report -> {
      assertThat(report.orphans()).isEmpty();
      assertThat(report.missing()).extracting(NodeHoldings::node).containsExactly("other");
      assertThat(report.missing().getFirst().holdings())
          .extracting(Holding::permit)
          .containsExactly(permit);
    });
  }

  @Test
  void whatAnOwnerMissedItTellsWithTheTimeThatIsLeft() {
    node.begin(List.of("self", "other", "third"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);
    PermitId permit = new PermitId(OTHERS, 3);
    Held held = new Held(wantOf(new RunId(new UUID(0x7000L, -2L))), permit, "s", 0);
    hear(new Report(
        node.stance().term(), "other", 9, List.of(held), List.of(), List.of(), 0, List.of()));
    pass(20_000 * Timing.MILLI);

    assertThat(leftOf(permit, lastBeat())).isBetween(14_000L, 16_000L);
    hear(new Announce(new Term(9, "third")));
    assertThat(sent.getLast())
        .isInstanceOfSatisfying(
            Report.class,
            report -> assertThat(
                    report.missing().getFirst().holdings().getFirst().leftMillis())
                .isBetween(14_000L, 16_000L));
  }

  @Test
  void whatIsLeftOfAPermitShrinksWhileNobodyTakesWhatAnOwnerLeft() {
    node.begin(List.of("self", "other", "third"), now);
    pass(Timing.SILENCE + 3 * Timing.CANDIDATE);
    Term own = node.stance().term();
    List<Holding> lost = List.of(new Holding(new PermitId(OTHERS, 3), "exam", "s", 20_000));
    hear(new Report(own, "other", 9, List.of(), lost, List.of(), 0, List.of()));

    hear(new Announce(new Term(9, "third")));
    pass(2_500 * Timing.MILLI);

    List<Report> reports =
        sent.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
    assertThat(reports.getLast().orphans().getFirst().leftMillis()).isBetween(17_400L, 18_100L);
  }

  @Test
  void whatIsLeftOfAPermitShrinksWhileNobodyDispatches() {
    node.begin(List.of("self", "other", "third"), now);
    PermitId permit = new PermitId(OTHERS, 3);
    hear(new Beat(
        OTHERS,
        List.of(new NodeHoldings("other", List.of(new Holding(permit, "exam", "s", 20_000)))),
        List.of(new Holding(new PermitId(OTHERS, 2), "exam", "s", 2_000)),
        List.of()));
    node.members(List.of("self", "third"), now);
    long silent = now;
    while (!(node.stance() instanceof Owning)) {
      pass(50 * Timing.MILLI);
    }
    long lasted = (now - silent) / Timing.MILLI;

    assertThat(lasted).isBetween(500L, 5_000L);
    assertThat(leftOf(permit, lastBeat())).isLessThanOrEqualTo(20_000 - lasted);
  }

  private static long leftOf(PermitId permit, Beat beat) {
    return beat.nodes().stream()
        .flatMap(each -> each.holdings().stream())
        .filter(holding -> holding.permit().equals(permit))
        .findFirst()
        .orElseThrow()
        .leftMillis();
  }
}
