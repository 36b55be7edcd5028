package io.gradelane.bench;

import io.gradelane.core.fleet.FleetRules;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostUse;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Listing.Condition;
import io.gradelane.core.fleet.Listing.Listed;
import io.gradelane.core.fleet.Load;
import io.gradelane.fleet.ExamSource;
import io.gradelane.fleet.FleetLoop;
import io.gradelane.fleet.FleetPool;
import io.gradelane.fleet.FleetPorts;
import io.gradelane.fleet.Provider;
import io.gradelane.fleet.SoleLease;
import io.gradelane.fleet.Timers;
import io.gradelane.store.fleet.FleetTable;
import io.gradelane.store.jobs.Sessions;
import io.gradelane.store.postgres.DatabaseAddress;
import io.gradelane.store.postgres.PostgresJobStore;
import io.gradelane.testkit.Blocking;
import io.gradelane.testkit.PostgresFixture;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Whole passes of the loop on a table in PostgreSQL; provider and pool are in the heap and do at once what they are asked. */
final class FleetPass implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final PostgresFixture postgres = PostgresFixture.start();
  private final PostgresJobStore store;
  private final AtomicInteger names = new AtomicInteger();
  private final Map<String, Listed> machines = new TreeMap<>();
  private final Map<HostId, HostUse> uses = new TreeMap<>();
  private final FleetLoop loop;
  private volatile int busy;

  FleetPass(FleetRules rules) {
    String url =
        "postgresql://" + postgres.host() + ":" + postgres.port() + "/" + postgres.database();
    store = Blocking.get(PostgresJobStore.open(
        vertx,
        new DatabaseAddress(url, postgres.user(), postgres.password(), 8),
        Sessions.Terms.DEFAULT,
        "bench"));
    loop = new FleetLoop(new FleetPorts(
        "main",
        "bench",
        rules,
        Duration.ofSeconds(10),
        () -> new HostId("new" + names.incrementAndGet()),
        new Machines(),
        store.fleet(),
        new SoleLease(),
        new Servers(),
        ExamSource.of(List.of()),
        new SimpleMeterRegistry(),
        InstantSource.system(),
        System::nanoTime,
        Timers.of(vertx)));
  }

  FleetTable table() {
    return store.fleet();
  }

  /** Puts a host into the table, the listing and the pool. */
  void add(Host host, HostUse use) {
    Blocking.get(table().amend(null, host));
    machines.put(
        host.ref(), new Listed(host.ref(), host.id().value(), host.address(), Condition.SOUND));
    uses.put(host.id(), use);
  }

  void busy(int runs) {
    busy = runs;
  }

  long living() {
    return Blocking.get(table().hosts()).stream().filter(Host::living).count();
  }

  /** @return milliseconds */
  double pass() {
    long begun = System.nanoTime();
    Blocking.get(Future.<Optional<FleetSample>>future(
        done -> vertx.runOnContext(turn -> loop.pass().onComplete(done))));
    return (System.nanoTime() - begun) / 1e6;
  }

  @Override
  public void close() {
    Blocking.get(store.close());
    Blocking.get(vertx.close());
    postgres.close();
  }

  private final class Machines implements Provider {
    @Override
    public Future<Listing> list() {
      return Future.succeededFuture(new Listing.Complete(List.copyOf(machines.values())));
    }

    @Override
    public Future<Listed> launch(HostId token) {
      return Future.succeededFuture(machines.computeIfAbsent(
          "i-" + token, ref -> new Listed(ref, token.value(), "http://" + token, Condition.SOUND)));
    }

    @Override
    public Future<Void> terminate(Host host) {
      machines.remove(host.ref());
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  private final class Servers implements FleetPool {
    @Override
    public Future<Sight> look() {
      return Future.succeededFuture(new Sight(Optional.of(new Load(busy, 0)), uses));
    }

    @Override
    public Future<Boolean> answers(Host host) {
      return Future.succeededFuture(false);
    }

    @Override
    public Future<Void> join(long fence, Host host) {
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> close(long fence, HostId id) {
      uses.put(id, new HostUse(true, 0, null));
      return Future.succeededFuture();
    }

    @Override
    public Future<Void> leave(long fence, HostId id) {
      uses.remove(id);
      return Future.succeededFuture();
    }
  }
}
