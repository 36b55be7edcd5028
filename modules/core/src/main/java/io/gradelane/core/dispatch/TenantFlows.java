package io.gradelane.core.dispatch;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One tenant's waiting runs within a lane: a ring of users. */
final class TenantFlows extends Share {

  final Tenant tenant;
  final FairRing<UserFlow> ring = new FairRing<>();
  private final Map<String, UserFlow> users = new HashMap<>();

  TenantFlows(Tenant tenant) {
    this.tenant = tenant;
  }

  UserFlow user(String name) {
    UserFlow flow = users.get(name);
    if (flow == null) {
      flow = new UserFlow(name, this);
      users.put(name, flow);
    }
    return flow;
  }

  void add(Ask ask) {
    UserFlow flow = ask.flow;
    if (flow.waiting == 0) {
      ring.join(flow);
    }
    flow.add(ask);
    kinds.add(ask.kind);
    waiting++;
  }

  void remove(Ask ask) {
    UserFlow flow = ask.flow;
    flow.remove(ask);
    kinds.remove(ask.kind);
    waiting--;
    if (flow.waiting == 0) {
      ring.leave(flow);
    }
  }

  @Override
  boolean eligible(long open) {
    long common = kinds.mask() & open;
    return common != 0
        && tenant.mayStart()
        && ((common & ~Kind.OVERFLOW_BIT) != 0 || anyUserEligible(open));
  }

  /** The run whose turn it is among those of open kinds. */
  @Nullable
  Ask pick(long open) {
    UserFlow flow = ring.pick(open);
    return flow == null ? null : flow.first();
  }

  long oldestMillis(long now) {
    long oldest = 0;
    for (UserFlow flow : users.values()) {
      Ask first = flow.oldest();
      oldest = first == null ? oldest : Math.max(oldest, first.waitedMillis(now));
    }
    return oldest;
  }

  /** Forgets users who have been idle since before {@code time}. */
  void forgetIdle(long time) {
    users.values().removeIf(flow -> flow.idle() && flow.idleSince < time);
  }

  private boolean anyUserEligible(long open) {
    Share at = ring.any();
    for (int n = ring.size(); n > 0 && at != null; n--, at = at.next) {
      if (at.eligible(open)) {
        return true;
      }
    }
    return false;
  }
}
