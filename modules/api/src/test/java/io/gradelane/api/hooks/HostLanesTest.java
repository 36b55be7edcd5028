package io.gradelane.api.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostLanesTest {

  private final HostLanes lanes = new HostLanes(2);
  private final List<Promise<String>> begun = new ArrayList<>();

  @Test
  void soManyAtOnceToOneHostWhateverTheOthersDo() {
    List<Future<String>> slow = List.of(enter("slow"), enter("slow"), enter("slow"), enter("slow"));
    assertThat(begun).hasSize(2);
    enter("other");
    assertThat(begun).hasSize(3);

    begun.get(0).complete("first");
    assertThat(slow.get(0).result()).isEqualTo("first");
    assertThat(begun).hasSize(4);
    begun.get(1).fail("broken");
    assertThat(slow.get(1).failed()).isTrue();
    assertThat(begun).hasSize(5);
  }

  @Test
  void aHostThatIsQuietAgainTakesAsManyAsBefore() {
    for (int round = 0; round < 3; round++) {
      begun.clear();
      enter("host");
      enter("host");
      assertThat(begun).hasSize(2);
      begun.forEach(Promise::complete);
    }
  }

  private Future<String> enter(String host) {
    return lanes.enter(host, () -> {
      Promise<String> end = Promise.promise();
      begun.add(end);
      return end.future();
    });
  }
}
