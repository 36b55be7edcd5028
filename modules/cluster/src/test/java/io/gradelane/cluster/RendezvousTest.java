package io.gradelane.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RendezvousTest {

  private static final List<Member> MEMBERS =
      List.of(Company.member("n1"), Company.member("n2"), Company.member("n3"));

  @Test
  void nobodyIsChosenFromNobody() {
    assertThat(Rendezvous.choose("s1", List.of())).isEmpty();
  }

  @Test
  void theOrderOfTheMembersDoesNotMatter() {
    for (int i = 0; i < 100; i++) {
      assertThat(Rendezvous.choose("s" + i, MEMBERS))
          .isEqualTo(Rendezvous.choose("s" + i, MEMBERS.reversed()));
    }
  }

  @Test
  void theWorkIsSharedAboutEvenly() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      counts.merge(chosen("s" + i, MEMBERS), 1, Integer::sum);
    }

    assertThat(counts.values()).hasSize(3).allMatch(count -> count > 800 && count < 1_200);
  }

  @Test
  void onlyWhatWasTheLeaversMoves() {
    List<Member> fewer = new ArrayList<>(MEMBERS);
    fewer.remove(1);

    for (int i = 0; i < 1_000; i++) {
      String before = chosen("s" + i, MEMBERS);
      if (!before.equals("n2")) {
        assertThat(chosen("s" + i, fewer)).isEqualTo(before);
      }
    }
  }

  private static String chosen(String key, List<Member> members) {
    return Rendezvous.choose(key, members).orElseThrow().node();
  }
}
