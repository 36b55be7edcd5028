package io.gradelane.core.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElectorateTest {

  private static final long NOW = 1_000;

  private final Electorate electorate = new Electorate("main", "a");

  @Test
  void everyNodeNamesTheSameCandidates() {
    Electorate other = new Electorate("main", "b");
    electorate.members(List.of("a", "b", "c", "d"), NOW);
    other.members(List.of("d", "c", "b", "a"), NOW);

    assertThat(electorate.candidates("d"))
        .containsExactlyInAnyOrder("a", "b", "c")
        .isEqualTo(other.candidates("d"));
  }

  @Test
  void aMemberThatVanishesIsMissedForTwoMinutes() {
    electorate.members(List.of("a", "b", "c"), NOW);
    electorate.members(List.of("a"), NOW);

    assertThat(electorate.part(Set.of("a"))).isEqualTo(new Part(1, 3));
    electorate.forget(NOW + Timing.STABLE - 1);
    assertThat(electorate.part(Set.of("a"))).isEqualTo(new Part(1, 3));
    electorate.forget(NOW + Timing.STABLE);
    assertThat(electorate.part(Set.of("a"))).isEqualTo(Part.ALL);
  }

  @Test
  void aMemberThatLeavesByItsOwnWillIsNotMissed() {
    electorate.members(List.of("a", "b", "c"), NOW);
    electorate.leaves("b", NOW);

    assertThat(electorate.part(Set.of("a", "b", "c"))).isEqualTo(new Part(3, 3));
    assertThat(electorate.staying("a")).containsExactly("c");
    electorate.members(List.of("a", "c"), NOW);
    assertThat(electorate.part(Set.of("a", "c"))).isEqualTo(new Part(2, 2));
  }

  @Test
  void onlyWhereAllLeaveOneThatLeavesIsChosen() {
    electorate.members(List.of("a", "b"), NOW);
    electorate.leaves("b", NOW);

    assertThat(electorate.staying("a")).isEmpty();
    assertThat(electorate.candidates("a")).containsExactly("b");
  }
}
