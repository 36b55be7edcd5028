package io.gradelane.core.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.run.RunId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The table, the heap and the sum against the plain collections that they stand for. */
final class StructuresTest {

  private static final Lane LANE = new Lane(Pool.LIVE, false);

  @Test
  void theTableFindsWhatAMapFinds() {
    SplittableRandom random = new SplittableRandom(1);
    AskTable table = new AskTable();
    Map<RunId, Ask> map = new HashMap<>();
    for (int i = 0; i < 50_000; i++) {
      RunId run = Pool.run(random.nextInt(4000));
      Ask there = map.get(run);
      assertThat(table.get(run)).isSameAs(there);
      if (there == null) {
        Ask ask = ask(run);
        map.put(run, ask);
        table.put(ask);
      } else {
        map.remove(run);
        table.remove(there);
      }
    }
    assertThat(table.size()).isEqualTo(map.size());
  }

  @Test
  void theHeapGivesTheEarliestWhoeverLeft() {
    SplittableRandom random = new SplittableRandom(2);
    Deadlines heap = new Deadlines();
    List<Ask> list = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      if (random.nextInt(5) < 3) {
        Ask ask = ask(Pool.run(i));
        ask.deadline = random.nextInt(1000);
        heap.add(ask);
        list.add(ask);
      } else if (!list.isEmpty()) {
        heap.remove(list.remove(random.nextInt(list.size())));
      }
      long least = list.stream().mapToLong(ask -> ask.deadline).min().orElse(Times.NEVER);
      if (i % 50 == 0) {
        assertThat(heap.next()).isEqualTo(least);
      }
    }
    list.sort(Comparator.comparingLong(ask -> ask.deadline));
    for (Ask expected : list) {
      Ask first = heap.pollUntil(Times.NEVER);
      assertThat(first).isNotNull().extracting(ask -> ask.deadline).isEqualTo(expected.deadline);
    }
    assertThat(heap.size()).isZero();
  }

  @Test
  void theSumForgetsWhatIsOlderThanItsWindow() {
    SlidingSum sum = new SlidingSum(Times.MINUTE, 6);
    sum.add(5, 0);
    sum.add(7, 30 * Times.SECOND);

    assertThat(sum.sum(60 * Times.SECOND)).isEqualTo(12);
    assertThat(sum.sum(70 * Times.SECOND)).isEqualTo(7);
    assertThat(sum.sum(10 * Times.MINUTE)).isZero();
  }

  private static Ask ask(RunId run) {
    UserFlow flow = new TenantFlows(new Tenant(TenantLimits.none("t"))).user("");
    Want want = new WantBuilder(run, "live").build();
    return new Ask(
        want, LANE, flow, new Kind(new Kind.Key("x", java.util.Set.of(), null, false), 0), 0);
  }
}
