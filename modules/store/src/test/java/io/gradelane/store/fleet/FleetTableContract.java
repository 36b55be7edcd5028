package io.gradelane.store.fleet;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.Load;
import io.gradelane.core.fleet.QueuedBatch;
import io.gradelane.core.fleet.ScaleDecision;
import io.gradelane.core.fleet.Who;
import io.gradelane.core.fleet.Wish;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every table of the fleet does. */
public abstract class FleetTableContract {

  private static final Instant NOW = Instant.parse("2026-01-01T08:00:00Z");

  /** An empty one. */
  protected abstract FleetTable table();

  @Test
  void whatWasInsertedIsReadTheOldestFirst() {
    FleetTable table = table();
    Host young = host("young", 10);
    Host old = host("old", 900);

    assertThat(get(table.replace(1, null, young))).isTrue();
    assertThat(get(table.replace(1, null, old))).isTrue();

    assertThat(get(table.read(1))).containsExactly(old, young);
    assertThat(get(table.hosts())).containsExactly(old, young);
  }

  @Test
  void anIdIsGivenOnce() {
    FleetTable table = table();
    Host host = host("a", 10);
    get(table.replace(1, null, host));

    assertThat(get(table.replace(1, null, host("a", 5)))).isFalse();
    assertThat(get(table.read(1))).containsExactly(host);
  }

  @Test
  void aHostIsReplacedIfItIsStillTheOneThatWasSeen() {
    FleetTable table = table();
    Host host = host("a", 10);
    Host located = host.located("i-1", "http://a");
    Host ready = located.to(((Launching) located.state()).answered("it answers", NOW));
    get(table.replace(1, null, host));

    assertThat(get(table.replace(1, host, located))).isTrue();
    assertThat(get(table.replace(1, host, located))).isFalse();
    assertThat(get(table.replace(1, located, ready))).isTrue();

    Host read = get(table.read(1)).getFirst();
    assertThat(read).isEqualTo(ready);
    assertThat(read.began()).containsOnlyKeys("launching", "ready");
  }

  @Test
  void terminatedHostsAreNotReadAndTheirIdsStayTaken() {
    FleetTable table = table();
    Host host = host("a", 10);
    Host gone = host.to(((Launching) host.state()).gone("not listed", NOW));
    get(table.replace(1, null, host));
    get(table.replace(1, host, gone));

    assertThat(get(table.read(1))).isEmpty();
    assertThat(get(table.hosts())).containsExactly(gone);
    assertThat(get(table.replace(1, null, host("a", 5)))).isFalse();
  }

  @Test
  void onceANewerFenceHasReadAnOlderOneWritesNothing() {
    FleetTable table = table();
    Host host = host("a", 10);
    get(table.replace(1, null, host));
    get(table.read(2));

    assertThat(failure(table.replace(1, null, host("b", 1)))).isInstanceOf(StaleFence.class);
    assertThat(failure(table.replace(1, host, host.located("i-1", ""))))
        .isInstanceOf(StaleFence.class);
    assertThat(failure(table.record(1, sample(NOW)))).isInstanceOf(StaleFence.class);
    assertThat(failure(table.read(1))).isInstanceOf(StaleFence.class);
    assertThat(get(table.read(2))).containsExactly(host);
    assertThat(get(table.samples(NOW, 10))).isEmpty();
  }

  @Test
  void ofAGroupThoseAreWrittenThatAreStillAsTheyWereSeen() {
    FleetTable table = table();
    Host moved = host("moved", 30);
    Host stale = host("stale", 20);
    Host taken = host("taken", 10);
    Host fresh = host("fresh", 5);
    get(table.write(1, List.of(insert(moved), insert(stale), insert(taken))));
    Host amended = stale.located("i-2", "");
    get(table.amend(stale, amended));
    Host after = moved.located("i-1", "http://a");

    assertThat(get(table.write(
            1,
            List.of(
                new HostWrite(stale, stale.located("i-3", "")),
                new HostWrite(moved, after),
                insert(host("taken", 1)),
                insert(fresh)))))
        .containsExactlyInAnyOrder(moved.id(), fresh.id());

    assertThat(get(table.read(1))).containsExactly(after, amended, taken, fresh);
  }

  @Test
  void underAStaleFenceNothingOfAGroupIsWritten() {
    FleetTable table = table();
    Host host = host("a", 10);
    get(table.replace(1, null, host));
    get(table.read(2));

    assertThat(failure(table.write(
            1, List.of(insert(host("b", 1)), new HostWrite(host, host.located("i-1", ""))))))
        .isInstanceOf(StaleFence.class);
    assertThat(get(table.read(2))).containsExactly(host);
  }

  @Test
  void anEmptyGroupWritesNothing() {
    assertThat(get(table().write(1, List.of()))).isEmpty();
  }

  @Test
  void ofAGroupAndAnOperatorOnlyOneMovesARow() {
    FleetTable table = table();
    Host seen = host("a", 10);
    Host other = host("b", 5);
    get(table.write(1, List.of(insert(seen), insert(other))));
    for (int i = 0; i < 20; i++) {
      Host byLoop = seen.located("loop-" + i, "");
      Host byHand = seen.located("hand-" + i, "");
      Host beside = other.located("i-" + i, "");
      Future<Set<HostId>> written =
          table.write(1, List.of(new HostWrite(seen, byLoop), new HostWrite(other, beside)));
      boolean amended = get(table.amend(seen, byHand));

      assertThat(get(written).contains(seen.id())).isNotEqualTo(amended);
      assertThat(get(written)).contains(other.id());
      seen = amended ? byHand : byLoop;
      other = beside;
      assertThat(get(table.read(1))).containsExactly(seen, other);
    }
  }

  @Test
  void whatAProviderTellsNeedNotBeText() {
    FleetTable table = table();
    Host host =
        Host.born(new HostId("a"), "i\u0000-1", "http://a\u0000", HostState.launch("\u0000", NOW));

    assertThat(get(table.write(1, List.of(insert(host), insert(host("b", 1)))))).hasSize(2);
  }

  @Test
  void anOperatorAmendsByVersionAloneAndTheLeaderSeesIt() {
    FleetTable table = table();
    Host host = host("a", 10);
    get(table.read(7));

    assertThat(get(table.amend(null, host))).isTrue();
    assertThat(get(table.amend(null, host))).isFalse();
    Host condemned = host.to(((Launching) host.state()).condemned("by hand", NOW));
    assertThat(get(table.amend(host, condemned))).isTrue();
    assertThat(get(table.replace(7, host, host.located("i-1", "")))).isFalse();
    assertThat(get(table.read(7))).containsExactly(condemned);
  }

  @Test
  void samplesComeBackWholeAndInOrder() {
    FleetTable table = table();
    get(table.record(1, sample(NOW.minusSeconds(20))));
    get(table.record(1, sample(NOW.minusSeconds(10))));
    get(table.record(1, sample(NOW)));

    assertThat(get(table.samples(NOW.minusSeconds(10), 10)))
        .containsExactly(sample(NOW.minusSeconds(10)), sample(NOW));
    assertThat(get(table.samples(Instant.EPOCH, 1))).containsExactly(sample(NOW.minusSeconds(20)));
    assertThat(get(table.latest())).contains(sample(NOW));
  }

  @Test
  void withoutASampleThereIsNoLatest() {
    assertThat(get(table().latest())).isEmpty();
  }

  @Test
  void aSampleOfUnknownLoadAndWithBatchesComesBackWhole() {
    FleetTable table = table();
    FleetSample blind = sample(NOW, Optional.empty());
    Load load = new Load(
        2,
        3,
        Duration.ofMillis(1500),
        List.of(new QueuedBatch("b\u0000\"1\"", Duration.ofMinutes(7), NOW)));
    FleetSample forecast = sample(NOW.plusSeconds(1), Optional.of(load));
    get(table.record(1, blind));
    get(table.record(1, forecast));

    assertThat(get(table.samples(NOW, 10))).first().isEqualTo(blind);
    FleetSample read = get(table.latest()).orElseThrow();
    assertThat(read.decision().load().orElseThrow().batches().getFirst().cost())
        .isEqualTo(Duration.ofMinutes(7));
    assertThat(read.census()).isEqualTo(forecast.census());
  }

  @Test
  void everyStateComesBackAsItWas() {
    FleetTable table = table();
    Instant then = NOW.minusSeconds(5);
    List<HostState> states = List.of(
        new HostState.Launching(then, "a"),
        new HostState.Ready(then, "b"),
        new HostState.Draining(then, "c", Who.OPERATOR),
        new HostState.Draining(then, "c", Who.LOOP),
        new HostState.Unhealthy(then, "d"),
        new HostState.Terminating(then, "e"));
    for (int i = 0; i < states.size(); i++) {
      get(table.replace(
          1, null, Host.born(new HostId("h" + i), "i-" + i, "http://a", states.get(i))));
    }

    assertThat(get(table.read(1))).extracting(Host::state).containsExactlyElementsOf(states);
  }

  /** Whoever waits for the rows of a leader that is being relieved either sees them, or they are refused. */
  @Test
  void noWriteOfAnEarlierLeaderComesAfterTheReadingOfALaterOne() {
    FleetTable table = table();
    for (int fence = 1; fence <= 20; fence++) {
      String id = "h" + fence;
      Future<Boolean> write = table.replace(fence, null, host(id, fence));
      Future<List<Host>> read = table.read(fence + 1);
      boolean written = get(write.otherwise(false));
      boolean seen = get(read).stream().anyMatch(host -> host.id().value().equals(id));
      assertThat(seen).isEqualTo(written);
    }
  }

  @Test
  void oldSamplesAndHostsThatEndedLongAgoAreForgotten() {
    FleetTable table = table();
    Host living = host("living", 9000);
    Host host = host("a", 9000);
    Host gone = host.to(((Launching) host.state()).gone("not listed", NOW.minusSeconds(100)));
    get(table.replace(1, null, living));
    get(table.replace(1, null, host));
    get(table.replace(1, host, gone));
    get(table.record(1, sample(NOW.minusSeconds(100))));
    get(table.record(1, sample(NOW)));

    get(table.forget(NOW.minusSeconds(101)));
    assertThat(get(table.hosts())).containsExactlyInAnyOrder(living, gone);
    get(table.forget(NOW.minusSeconds(99)));
    assertThat(get(table.hosts())).containsExactly(living);
    assertThat(get(table.samples(Instant.EPOCH, 10))).containsExactly(sample(NOW));
  }

  private static HostWrite insert(Host host) {
    return new HostWrite(null, host);
  }

  private static Host host(String id, int age) {
    return Host.born(new HostId(id), "", "", HostState.launch("wanted", NOW.minusSeconds(age)));
  }

  private static FleetSample sample(Instant at) {
    return sample(at, Optional.of(new Load(6, 4)));
  }

  private static FleetSample sample(Instant at, Optional<Load> load) {
    Wish wish = new Wish("sqrt", 17, true, "6 busy and 4 waiting runs and twice the root of that");
    ScaleDecision decision =
        new ScaleDecision(at, load, List.of(wish), 17, 3, 4, at.minusSeconds(60), true, 4, "4.");
    return new FleetSample(decision, "4 hosts.", Census.of(List.of(host("a", 5))), 1, 2, 3);
  }

  private static Throwable failure(Future<?> future) {
    return get(future
        .<Throwable>map(done -> new AssertionError("it succeeded: " + done))
        .recover(Future::succeededFuture));
  }
}
