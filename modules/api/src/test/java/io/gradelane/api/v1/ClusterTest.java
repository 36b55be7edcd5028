package io.gradelane.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.cluster.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterTest {

  private static final Member FIRST =
      new Member("n1", "", "0.1.0", 1, "access=aa pool=bb", "10.0.0.1:9", 0);

  @Test
  void nodesThatAreAlikeHaveNoSkew() {
    assertThat(Cluster.skew(
            List.of(FIRST, new Member("n2", "", "0.1.0", 1, "access=aa pool=bb", "", 5))))
        .isEmpty();
  }

  @Test
  void everyDifferenceIsSaidInWords() {
    Member other = new Member("n2", "", "0.2.0", 2, "access=aa pool=cc new=dd", "", 5);

    assertThat(Cluster.skew(List.of(FIRST, other)))
        .containsExactly(
            "n2 runs version 0.2.0, n1 runs 0.1.0",
            "n2 speaks wire version 2, n1 speaks 1",
            "n2 is configured unlike n1 in new, pool");
  }
}
