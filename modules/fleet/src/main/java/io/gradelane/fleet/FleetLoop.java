package io.gradelane.fleet;

import io.gradelane.core.fleet.Census;
import io.gradelane.core.fleet.Desires;
import io.gradelane.core.fleet.Exam;
import io.gradelane.core.fleet.FleetPlan;
import io.gradelane.core.fleet.FleetPlanner;
import io.gradelane.core.fleet.FleetSample;
import io.gradelane.core.fleet.FleetView;
import io.gradelane.core.fleet.Host;
import io.gradelane.core.fleet.HostId;
import io.gradelane.core.fleet.HostState.Launching;
import io.gradelane.core.fleet.Listing;
import io.gradelane.core.fleet.Memory;
import io.gradelane.core.fleet.Outlook;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One leader's passes: look, plan, act, write down. Not thread-safe: one pass at a time, on one context.
 *
 * <p>Public for the simulation, which drives it through faults by seed.
 */
public final class FleetLoop {

  private static final Logger log = LoggerFactory.getLogger(FleetLoop.class);

  /** No question and no request may hold a pass up for longer. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration KNOCK = Duration.ofSeconds(2);

  /** More than there can be within any time for which a wish holds. */
  private static final int MOST_SAMPLES = 20_000;

  private final FleetPorts ports;
  private final FleetPlanner planner;
  private Memory memory = Memory.NONE;
  private List<Exam> exams = List.of();
  private long fence;

  public FleetLoop(FleetPorts ports) {
    this.ports = ports;
    planner = new FleetPlanner(ports.rules(), ports.names());
  }

  /** @return the sample of a pass that was made; empty if somebody else holds the lease */
  public Future<Optional<FleetSample>> pass() {
    return within("lease", ports.lease().hold())
        .compose(held -> held.isEmpty()
            ? Future.succeededFuture(Optional.empty())
            : lead(held.getAsLong()).map(Optional::of));
  }

  private Future<FleetSample> lead(long held) {
    return remember(held)
        .compose(known -> readExams())
        .compose(read -> list())
        .compose(listing ->
            within("fleet table", ports.table().read(held)).compose(hosts -> look(listing, hosts)))
        .map(view -> planner.plan(view, memory))
        .compose(plan -> act(held, plan));
  }

  /** A new leader reads what was wanted lately; all else it learns anew. */
  private Future<Void> remember(long held) {
    if (held == fence) {
      return Future.succeededFuture();
    }
    Duration hold = ports.rules().hold();
    Instant from = ports.clock().instant().minus(hold).minus(PATIENCE);
    return within("fleet table", ports.table().samples(from, MOST_SAMPLES))
        .onSuccess(samples -> {
          Desires desires = Desires.NONE;
          for (FleetSample sample : samples) {
            desires = desires.note(sample.decision().at(), sample.decision().raw(), hold);
          }
          memory = Memory.NONE.with(desires);
          fence = held;
          log.atInfo().addKeyValue("fence", held).log("this node keeps the fleet now");
        })
        .mapEmpty();
  }

  /** What could be read last stays, rather than an exam without hosts. */
  private Future<Void> readExams() {
    return within("exams", ports.exams().read())
        .onSuccess(read -> exams = read)
        .onFailure(cause -> warn("the exams can't be read: the last ones stay", cause))
        .transform(read -> Future.succeededFuture());
  }

  private Future<Listing> list() {
    return within("provider", ports.provider().list())
        .otherwise(cause -> new Listing.Failed(String.valueOf(cause.getMessage())))
        .onSuccess(listing -> {
          if (listing instanceof Listing.Failed failed) {
            log.atWarn()
                .addKeyValue("cause", failed.why())
                .log("the provider could not list its hosts");
          }
        });
  }

  private Future<FleetView> look(Listing listing, List<Host> hosts) {
    Future<Optional<FleetPool.Sight>> sight = within("pool", ports.servers().look())
        .map(Optional::of)
        .onFailure(cause -> warn("the pool could not be asked", cause))
        .otherwise(Optional.empty());
    return sight.compose(seen -> knock(hosts)
        .map(answering -> new FleetView(
            new Outlook(ports.clock().instant(), seen.flatMap(FleetPool.Sight::load), exams),
            hosts,
            listing,
            seen.map(FleetPool.Sight::uses),
            answering)));
  }

  private Future<Set<HostId>> knock(List<Host> hosts) {
    Set<HostId> answering = new HashSet<>();
    List<Future<Boolean>> knocks = hosts.stream()
        .filter(host -> host.state() instanceof Launching && !host.address().isEmpty())
        .map(host -> ports
            .timers()
            .within(KNOCK, "host " + host.id(), ports.servers().answers(host))
            .onSuccess(answers -> {
              if (answers) {
                answering.add(host.id());
              }
            }))
        .toList();
    return Future.join(knocks).transform(all -> Future.succeededFuture(answering));
  }

  private Future<FleetSample> act(long held, FleetPlan plan) {
    memory = plan.memory();
    Acting acting = new Acting(ports, held, PATIENCE);
    return acting.take(plan.actions()).compose(done -> {
      if (acting.launchFailed()) {
        memory = memory.with(memory.pause().failed(plan.decision().at()));
      }
      FleetSample sample = new FleetSample(
          plan.decision(),
          plan.why(),
          Census.of(plan.hosts()),
          acting.launches(),
          acting.terminations(),
          acting.errors());
      return within("fleet table", ports.table().record(held, sample)).map(sample);
    });
  }

  private <T> Future<T> within(String what, Future<T> future) {
    return ports.timers().within(PATIENCE, what, future);
  }

  private static void warn(String what, Throwable cause) {
    log.atWarn().addKeyValue("cause", cause.getMessage()).log(what);
  }
}
