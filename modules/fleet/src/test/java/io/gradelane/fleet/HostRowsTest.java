package io.gradelane.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.FleetAction;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Launching;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HostRowsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  @Test
  void rowsOfManyHostsAreOneGroup() {
    List<FleetAction> actions = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      actions.add(located(host("h" + i)));
      actions.add(new FleetAction.Leave(new HostId("h" + i)));
    }

    assertThat(HostRows.of(actions)).hasSize(1);
    assertThat(HostRows.of(actions).getFirst()).hasSize(1_000);
  }

  @Test
  void theSecondRowOfAHostComesAGroupLater() {
    Host a = host("a");
    Host b = host("b");

    assertThat(ids(located(a), broken(a), located(b), broken(b)))
        .containsExactly(List.of("a", "b"), List.of("a", "b"));
  }

  @Test
  void aLaunchComesBehindAllThatMayMakeRoomForIt() {
    Host a = host("a");
    Host b = host("b");

    assertThat(ids(located(a), broken(a), launch("new1"), launch("new2"), located(b)))
        .containsExactly(List.of("a"), List.of("a"), List.of("new1", "new2"), List.of("b"));
  }

  @Test
  void whatIsAdoptedIsNoLaunch() {
    Host adopted = Host.born(new HostId("x"), "i-x", "", HostState.adopt("listed", NOW));

    assertThat(ids(located(host("a")), new FleetAction.Insert(adopted)))
        .containsExactly(List.of("a", "x"));
  }

  @Test
  void requestsHaveNoRows() {
    assertThat(ids(new FleetAction.Terminate(host("a")))).isEmpty();
  }

  private static List<List<String>> ids(FleetAction... actions) {
    return HostRows.of(List.of(actions)).stream()
        .map(group -> group.stream().map(row -> row.id().value()).toList())
        .toList();
  }

  private static FleetAction located(Host host) {
    return new FleetAction.Replace(host, host.located("i-" + host.id(), ""));
  }

  private static FleetAction broken(Host host) {
    Host located = host.located("i-" + host.id(), "");
    return new FleetAction.Replace(
        located, located.to(((Launching) host.state()).broken("listed as failed", NOW)));
  }

  private static FleetAction launch(String id) {
    return new FleetAction.Insert(host(id));
  }

  private static Host host(String id) {
    return Host.born(new HostId(id), "", "", HostState.launch("wanted", NOW));
  }
}
