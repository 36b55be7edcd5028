package io.gradelane.health;

import static io.gradelane.testkit.Blocking.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.gradelane.bus.HealthAnswer;
import io.gradelane.bus.HealthAnswer.NoSuchServer;
import io.gradelane.bus.HealthAnswer.Outdated;
import io.gradelane.bus.HealthAnswer.Settled;
import io.gradelane.bus.HealthCommand;
import io.gradelane.cluster.LocalServerMap;
import io.gradelane.core.server.FleetMark;
import io.gradelane.core.server.ServerEntry;
import io.gradelane.core.server.ServerSpec;
import io.gradelane.testkit.SettableClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FleetServersTest {

  private static final HealthRules RULES = new HealthRules(
      Duration.ofSeconds(1),
      Duration.ofSeconds(1),
      Duration.ofMinutes(1),
      2,
      Duration.ofSeconds(5),
      Duration.ofSeconds(60),
      Duration.ofSeconds(10));

  private final Vertx vertx = Vertx.vertx();
  private final LocalServerMap map = new LocalServerMap(vertx);
  private final FleetServers fleet = onAnotherNode();

  @AfterEach
  void close() {
    get(vertx.close());
  }

  private FleetServers onAnotherNode() {
    return new FleetServers(book());
  }

  private ServerBook book() {
    return new ServerBook(
        map, new Judge(RULES), new SettableClock(), new Changes(new SimpleMeterRegistry()));
  }

  @Test
  void aHostsServerJoinsUnderItsIdIsClosedOpenedAndLeaves() {
    assertThat(settle(join("h1", 3))).isEqualTo(new Settled("h1"));
    assertThat(entry("h1").state().word()).isEqualTo("unknown");
    assertThat(mark("h1")).isEqualTo(new FleetMark("h1", 3, false));

    assertThat(settle(new HealthCommand.Close("h1", 3))).isEqualTo(new Settled("h1"));
    assertThat(entry("h1").state().word()).isEqualTo("draining");
    assertThat(mark("h1").closed()).isTrue();

    assertThat(settle(join("h1", 3))).isEqualTo(new Settled("h1"));
    assertThat(entry("h1").state().word()).isEqualTo("unknown");
    assertThat(mark("h1").closed()).isFalse();

    assertThat(settle(new HealthCommand.Leave("h1", 3))).isEqualTo(new Settled("h1"));
    assertThat(map.snapshot()).isEmpty();
    assertThat(settle(new HealthCommand.Leave("h1", 3))).isEqualTo(new Settled("h1"));
    assertThat(settle(new HealthCommand.Close("h1", 3))).isEqualTo(new NoSuchServer("h1"));
  }

  @Test
  void whatIsAskedTwiceChangesNothing() {
    settle(join("h1", 3));
    long version = entry("h1").version();
    settle(join("h1", 3));
    assertThat(entry("h1").version()).isEqualTo(version);

    settle(new HealthCommand.Close("h1", 3));
    version = entry("h1").version();
    settle(new HealthCommand.Close("h1", 3));
    assertThat(entry("h1").version()).isEqualTo(version);
  }

  @Test
  void whereALaterLeaderHasSpokenAnEarlierOneChangesNothingOnWhateverNodeItIs() {
    settle(join("h1", 3));
    settle(new HealthCommand.Close("h1", 5));
    FleetServers elsewhere = onAnotherNode();

    assertThat(get(elsewhere.settle(join("h1", 4)))).isEqualTo(new Outdated(5));
    assertThat(get(elsewhere.settle(join("h2", 4)))).isEqualTo(new Outdated(5));
    assertThat(get(elsewhere.settle(new HealthCommand.Leave("h1", 4)))).isEqualTo(new Outdated(5));
    assertThat(mark("h1")).isEqualTo(new FleetMark("h1", 5, true));
    assertThat(map.snapshot()).containsOnlyKeys("h1");
  }

  @Test
  void aServerThatIsConfiguredAlreadyBecomesTheHostsAndStaysWhenItLeaves() {
    get(book().add(spec("s1", "http://10.0.0.1:4000")));

    settle(join("h1", 3));
    assertThat(map.snapshot()).containsOnlyKeys("s1");
    assertThat(mark("s1").host()).isEqualTo("h1");
    settle(new HealthCommand.Close("h1", 3));
    assertThat(entry("s1").state().word()).isEqualTo("draining");
    ServerSpec wider = new ServerSpec(
        "s1", URI.create("http://10.0.0.1:4000"), null, 8, 4, 1, Map.of("room", "e12"));
    get(book().configure(wider));
    assertThat(mark("s1").host()).as("a refresh keeps it").isEqualTo("h1");
    assertThat(entry("s1").spec().labels()).containsEntry("room", "e12");

    settle(new HealthCommand.Leave("h1", 3));
    assertThat(map.snapshot()).containsOnlyKeys("s1");
    assertThat(FleetMark.of(entry("s1").spec())).isEmpty();
  }

  @Test
  void whatAnOperatorHasDrainedTheFleetDoesNotOpen() {
    settle(join("h1", 3));
    get(book().apply("h1", new Sign.Drain()));

    settle(join("h1", 3));

    assertThat(entry("h1").state().word()).isEqualTo("draining");
  }

  private HealthAnswer settle(HealthCommand.OfFleet command) {
    return get(fleet.settle(command));
  }

  private static HealthCommand.Join join(String host, long term) {
    return new HealthCommand.Join(host, term, spec(host, "http://10.0.0.1:4000"));
  }

  private static ServerSpec spec(String id, String url) {
    return new ServerSpec(id, URI.create(url), null, 4, 2, 1, Map.of());
  }

  private FleetMark mark(String server) {
    return FleetMark.of(entry(server).spec()).orElseThrow();
  }

  private ServerEntry entry(String server) {
    return Objects.requireNonNull(map.snapshot().get(server));
  }
}
