/**
 * The machines behind the servers: what a host's life is, how many there should be, and what is to be done about it.
 *
 * <p>{@link io.gradelane.core.fleet.HostState} is one host's life. {@link io.gradelane.core.fleet.Scaler} says how many
 * hosts there should be, and why. {@link io.gradelane.core.fleet.FleetPlanner} compares the table of hosts with what the
 * provider lists and what the pool says, and answers with actions in their order; who performs them is not its business.
 */
@NullMarked
package io.gradelane.core.fleet;

import org.jspecify.annotations.NullMarked;
