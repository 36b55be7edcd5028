package io.gradelane.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.cluster.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private final Places places = new Places();

  @Test
  void aNodeThatComesToTheSamePlaceHasReplacedTheOneBefore() {
    assertThat(places.replaced(List.of(at("p1", "a"), at("p2", "b")))).isEmpty();
    assertThat(places.replaced(List.of(at("p1", "a")))).isEmpty();
    assertThat(places.replaced(List.of(at("p1", "a"), at("p2", "b2")))).containsExactly("b");
    assertThat(places.replaced(List.of(at("p1", "a"), at("p2", "b2")))).isEmpty();
  }

  @Test
  void oneThatIsStillListedBesideItsSuccessorIsReplaced() {
    assertThat(places.replaced(List.of(at("p1", "a"), at("p1", "a2")))).containsExactly("a");
  }

  @Test
  void nodesWithoutAPlaceReplaceNobody() {
    assertThat(places.replaced(List.of(at("", "a"), at("", "b")))).isEmpty();
  }

  private static Member at(String place, String node) {
    return new Member(node, place, "dev", 1, "", "", 0);
  }
}
