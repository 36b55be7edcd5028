/**
 * Deterministic simulation of a pool: the very dispatcher of {@code core}, driven by seed through arrivals, faults and
 * operators, and checked after every step against a model of its own.
 *
 * <p>{@link io.gradelane.sim.Scenario} draws what there is, {@link io.gradelane.sim.World} lets it happen, {@link
 * io.gradelane.sim.Ledger} keeps the books independently of the dispatcher, and {@link io.gradelane.sim.Checks} compares.
 *
 * <p>Beside it the fleet: {@link io.gradelane.sim.FleetWorld} lets some nodes run the very loop of the fleet room against a
 * provider, a pool and a table that fail, and {@link io.gradelane.sim.FleetBooks} checks every write.
 */
@NullMarked
package io.gradelane.sim;

import org.jspecify.annotations.NullMarked;
