package io.gradelane.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.store.fleet.HostWrite;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GatheringTest {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  private final List<List<String>> groups = new ArrayList<>();
  private final List<Promise<Set<HostId>>> answers = new ArrayList<>();
  private final Gathering gathering = new Gathering(this::write);

  private Future<Set<HostId>> write(List<HostWrite> rows) {
    groups.add(rows.stream().map(row -> row.id().value()).toList());
    Promise<Set<HostId>> answer = Promise.promise();
    answers.add(answer);
    return answer.future();
  }

  @Test
  void whatComesWhileOneIsUnderWayGoesWithTheNext() {
    gathering.write(row("a"));
    gathering.write(row("b"));
    gathering.write(row("c"));
    assertThat(groups).containsExactly(List.of("a"));

    answers.getFirst().complete(Set.of(new HostId("a")));
    assertThat(groups).containsExactly(List.of("a"), List.of("b", "c"));

    answers.getLast().complete(Set.of());
    gathering.write(row("d"));
    assertThat(groups).hasSize(3).last().isEqualTo(List.of("d"));
  }

  @Test
  void eachRowIsToldWhetherItWasWritten() {
    Future<Boolean> first = gathering.write(row("a"));
    Future<Boolean> written = gathering.write(row("b"));
    Future<Boolean> stale = gathering.write(row("c"));

    answers.getFirst().complete(Set.of(new HostId("a")));
    assertThat(first.result()).isTrue();
    assertThat(written.isComplete()).isFalse();
    answers.getLast().complete(Set.of(new HostId("b")));
    assertThat(written.result()).isTrue();
    assertThat(stale.result()).isFalse();
  }

  @Test
  void aGroupThatFailsFailsItsRowsAndNoOthers() {
    Future<Boolean> first = gathering.write(row("a"));
    Future<Boolean> second = gathering.write(row("b"));

    answers.getFirst().fail("no answer");
    answers.getLast().complete(Set.of(new HostId("b")));

    assertThat(first.failed()).isTrue();
    assertThat(second.result()).isTrue();
  }

  private static HostWrite row(String id) {
    return new HostWrite(null, Host.born(new HostId(id), "", "", HostState.launch("wanted", NOW)));
  }
}
