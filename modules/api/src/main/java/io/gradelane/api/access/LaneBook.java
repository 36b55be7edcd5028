package io.gradelane.api.access;

import io.gradelane.core.lane.LaneSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which lane a run goes to. */
public final class LaneBook {

  private final Map<String, LaneSpec> lanes = new LinkedHashMap<>();
  private final LaneSpec first;

  /** @param lanes of the pool, at least one */
  public LaneBook(List<LaneSpec> lanes) {
    lanes.forEach(lane -> this.lanes.put(lane.name(), lane));
    first = lanes.getFirst();
  }

  /**
   * The first wish that names a lane which the tenant may use, else the tenant's own lane.
   *
   * @param byHeader what the request itself says
   * @param byPath what the client's configured address says
   */
  public LaneSpec choose(Tenant tenant, @Nullable String byHeader, @Nullable String byPath) {
    LaneSpec wished = allowed(tenant, byHeader);
    wished = wished == null ? allowed(tenant, byPath) : wished;
    return wished == null ? lanes.getOrDefault(tenant.defaultLane(), first) : wished;
  }

  /** The lane of this name, or null if the pool has none. */
  public @Nullable LaneSpec find(String name) {
    return lanes.get(name);
  }

  /** Which lanes a tenant may name, for people. */
  public String words(Tenant tenant) {
    String names = lanes.keySet().stream().filter(tenant::mayUse).collect(Collectors.joining(", "));
    return "one of " + names;
  }

  private @Nullable LaneSpec allowed(Tenant tenant, @Nullable String wish) {
    return wish != null && tenant.mayUse(wish) ? lanes.get(wish) : null;
  }
}
