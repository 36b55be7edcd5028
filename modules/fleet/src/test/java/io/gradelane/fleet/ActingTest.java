package io.gradelane.fleet;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.CapacityRule;
import io.gradelane.core.fleet.FleetAction;
import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Draining;
import io.gradelane.core.fleet.Scaling;
import io.gradelane.core.fleet.Who;
import io.gradelane.store.fleet.StaleFence;
import io.gradelane.store.heap.HeapFleetTable;
import io.gradelane.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ActingTest {

  private final SettableClock clock = new SettableClock();
  private final FakeProvider provider = new FakeProvider();
  private final FakePool pool = new FakePool();
  private final HeapFleetTable table = new HeapFleetTable();
  private final Acting acting = new Acting(ports(), 1, Duration.ofSeconds(30));

  @Test
  void whatSomebodyElseHasChangedIsLeftOutWithAllLaunchesAndTheOthersGoOn() {
    Host a = idle("a");
    Host b = idle("b");
    Host c = idle("c");
    Host byHand = b.to(((Draining) b.state()).takenBack("by hand", clock.instant()));
    get(table.amend(b, byHand));
    Host wanted = Host.born(new HostId("new"), "", "", HostState.launch("wanted", clock.instant()));
    List<FleetAction> actions = new ArrayList<>();
    List.of(a, b, c).forEach(host -> actions.add(new FleetAction.Replace(host, ended(host))));
    actions.add(new FleetAction.Insert(wanted));
    List.of(a, b, c).forEach(host -> actions.add(new FleetAction.Leave(host.id())));
    actions.add(new FleetAction.Launch(wanted));

    get(acting.take(actions));

    assertThat(get(table.read(1))).containsExactlyInAnyOrder(ended(a), byHand, ended(c));
    assertThat(pool.uses()).containsOnlyKeys(b.id());
    assertThat(provider.tokens()).isEmpty();
    assertThat(acting.terminations()).isEqualTo(2);
    assertThat(acting.launches()).isZero();
  }

  @Test
  void underAStaleFenceNobodyIsAskedForAnything() {
    Host a = idle("a");
    get(table.read(2));

    assertThat(get(acting
            .take(List.of(
                new FleetAction.Replace(a, ended(a)),
                new FleetAction.Leave(a.id()),
                new FleetAction.Terminate(ended(a))))
            .<Object>map("done")
            .recover(Future::succeededFuture)))
        .isInstanceOf(StaleFence.class);

    assertThat(get(table.read(2))).containsExactly(a);
    assertThat(pool.uses()).containsOnlyKeys(a.id());
  }

  /** One that is drained, in the table and in the pool. */
  private Host idle(String id) {
    Draining draining = new Draining(clock.instant(), "surplus", Who.LOOP);
    Host host = Host.born(new HostId(id), "i-" + id, "http://" + id, draining);
    get(table.amend(null, host));
    get(pool.close(1, host.id()));
    return host;
  }

  private Host ended(Host host) {
    return host.to(((Draining) host.state()).idle("drained and idle", clock.instant()));
  }

  private FleetPorts ports() {
    FleetRules rules = new FleetRules(
        Scaling.AUTO,
        1,
        4,
        4,
        List.of(new CapacityRule.Linear(1)),
        Duration.ZERO,
        20,
        FleetRules.Times.USUAL);
    return new FleetPorts(
        "main",
        "n1",
        rules,
        Duration.ofSeconds(10),
        () -> new HostId("unused"),
        provider,
        table,
        new SoleLease(),
        pool,
        ExamSource.of(List.of()),
        new SimpleMeterRegistry(),
        clock,
        System::nanoTime,
        (delay, task) -> () -> {});
  }
}
