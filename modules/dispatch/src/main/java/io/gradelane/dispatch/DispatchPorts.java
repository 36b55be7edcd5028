package io.gradelane.dispatch;

import io.gradelane.cluster.Members;
import io.gradelane.cluster.ServerMap;
import io.gradelane.core.dispatch.PoolRules;
import io.gradelane.core.dispatch.TenantLimits;
import io.gradelane.core.lane.ExamWindow;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a {@link DispatcherVerticle} is handed.
 *
 * @param pool its pool's name
 * @param members this node and the others
 * @param tenants limits of those that have any
 * @param windows times in which the pool is kept for exams
 * @param warmUp slow start of a server that comes back
 * @param ticker nanoseconds of a monotonic clock
 */
public record DispatchPorts(
    String pool,
    Members members,
    PoolRules rules,
    List<TenantLimits> tenants,
    List<ExamWindow> windows,
    Duration warmUp,
    ServerMap servers,
    MeterRegistry meters,
    InstantSource clock,
    LongSupplier ticker) {

  public DispatchPorts {
    tenants = List.copyOf(tenants);
    windows = List.copyOf(windows);
  }

  /** This node's name. */
  String node() {
    return members.self().node();
  }
}
