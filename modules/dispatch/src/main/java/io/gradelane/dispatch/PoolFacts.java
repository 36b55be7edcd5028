package io.gradelane.dispatch;

import io.gradelane.core.dispatch.Dispatcher;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.Term;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.core.ownership.LaneBook;
import io.gradelane.core.ownership.Part;
import io.gradelane.core.ownership.PoolSettings;
import io.gradelane.core.server.ServerEntry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What this node knows of the pool whether it dispatches or not: lanes, tenants, exam windows, servers. Every dispatcher
 * that opens here is told, and told again what changes.
 */
final class PoolFacts implements PoolSettings {

  private static final Logger log = LoggerFactory.getLogger(PoolFacts.class);

  private final DispatchPorts ports;
  private final LaneBook lanes;
  private final Windows windows;
  private final ServerViews views;

  PoolFacts(DispatchPorts ports, LaneBook lanes) {
    this.ports = ports;
    this.lanes = lanes;
    this.windows = new Windows(ports.windows());
    this.views = new ServerViews(ports.warmUp());
    windows.turn(instant());
  }

  @Override
  public Dispatcher open(Term term, long now) {
    Dispatcher dispatcher = new Dispatcher(rules(), term);
    ports.tenants().forEach(limits -> dispatcher.tenant(limits, now));
    dispatcher.reserveFloor(floor(), now);
    views.reset(Part.ALL);
    servers(dispatcher, ports.servers().snapshot(), now);
    return dispatcher;
  }

  @Override
  public void part(Dispatcher dispatcher, Part part, long now) {
    if (part.isWhole() != views.part().isWhole()) {
      tell(part);
    }
    views.reset(part);
    servers(dispatcher, ports.servers().snapshot(), now);
  }

  private static void tell(Part part) {
    log.atLevel(part.isWhole() ? Level.INFO : Level.WARN)
        .addKeyValue("seen", part.seen())
        .addKeyValue("stable", part.stable())
        .log(
            part.isWhole()
                ? "enough members are seen: all slots are used"
                : "half of the members or more are missing, so only the others' share of the slots is used");
  }

  @Override
  public void lanes(Dispatcher dispatcher, long now) {
    lanes.specs().forEach(spec -> lane(dispatcher, spec, now));
  }

  void lane(Dispatcher dispatcher, LaneSpec spec, long now) {
    dispatcher.lane(windows.effect().on(spec), now);
  }

  /** The server map has changed. */
  void servers(Dispatcher dispatcher, Map<String, ServerEntry> entries, long now) {
    views.changed(entries, instant()).forEach(view -> dispatcher.server(view, now));
    views.gone(entries).forEach(id -> dispatcher.removeServer(id, now));
  }

  /** Servers that are warming may take more with time alone. */
  void warm(Dispatcher dispatcher, long now) {
    views
        .warmed(ports.servers().snapshot(), instant())
        .forEach(view -> dispatcher.server(view, now));
  }

  /** Looks at the clock for exam windows that have opened or closed. */
  void turnWindows(Dispatcher dispatcher, long now) {
    if (windows.turn(instant())) {
      log.atInfo().log("exam windows have changed: {}", windows.effect());
      dispatcher.reserveFloor(floor(), now);
      lanes(dispatcher, now);
    }
  }

  private PoolRules rules() {
    PoolRules configured = ports.rules();
    List<LaneSpec> now = lanes.specs().stream().map(windows.effect()::on).toList();
    return new PoolRules(
        now,
        configured.reserveFloor(),
        configured.retryRatio(),
        configured.demandWindow(),
        configured.quietShare());
  }

  private int floor() {
    return Math.max(ports.rules().reserveFloor(), windows.effect().reserve());
  }

  private Instant instant() {
    return ports.clock().instant();
  }
}
