/**
 * Deterministic simulation of a pool's nodes: the very {@link io.gradelane.core.ownership.PoolNode} of {@code core}, several
 * of them, driven by seed through a bad network, kills, freezes, leaves and splits, and checked after every step.
 *
 * <p>{@link io.gradelane.sim.nodes.Weather} says what may happen, {@link io.gradelane.sim.nodes.Cluster} lets it happen,
 * {@link io.gradelane.sim.nodes.Truth} knows which runs really execute where, whatever the nodes believe.
 */
@NullMarked
package io.gradelane.sim.nodes;

import org.jspecify.annotations.NullMarked;
