package io.gradelane.api.journey;

import io.gradelane.api.access.Tenant;
import io.gradelane.core.lane.LaneSpec;
import io.gradelane.jobe.client.CallContext;

/**
 * Who asks for a run, and where it is to wait.
 *
 * @param user whose turn it is within the tenant; empty for one flow
 * @param context what is said to servers of the request behind it
 * @param patienceMillis the caller's own; {@link Long#MAX_VALUE} for the lane's
 * @param gate that it must pass once it is granted
 */
public record RunOrder(
    Caller caller,
    Tenant tenant,
    LaneSpec lane,
    String user,
    CallContext context,
    long patienceMillis,
    Gate gate) {

  /** One that starts when it is granted. */
  public RunOrder(
      Caller caller,
      Tenant tenant,
      LaneSpec lane,
      String user,
      CallContext context,
      long patienceMillis) {
    this(caller, tenant, lane, user, context, patienceMillis, Gate.OPEN);
  }
}
