package io.gradelane.api.journey;

import io.gradelane.api.access.Tenant;
import io.gradelane.api.http.Exchange;
import io.gradelane.core.lane.LaneSpec;
import io.vertx.core.buffer.Buffer;

/**
 * A run that somebody asks for.
 *
 * @param user whose turn it is within the tenant; empty for one flow
 * @param body as it came
 */
public record RunOrder(Exchange exchange, Tenant tenant, LaneSpec lane, String user, Buffer body) {}
