package io.gradelane.api.journey;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.core.lane.LaneSpec;

/**
 * Who asks for a run, and where it is to wait.
 *
 * @param user whose turn it is within the tenant; empty for one flow
 */
public record RunOrder(Exchange exchange, Tenant tenant, LaneSpec lane, String user) {}
