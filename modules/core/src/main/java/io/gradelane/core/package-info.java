/**
 * What things are and how they change: runs, lanes, servers, permits, jobs.
 *
 * <p>Nothing here does I/O, knows Vert.x, or asks a clock for the time: events come in with the time at which they
 * happened, decisions go out, and whoever holds the object performs them. The tour, in the order a run meets it:
 *
 * <ol>
 *   <li>{@link io.gradelane.core.run}: what a run is called and how it can end;
 *   <li>{@link io.gradelane.core.lane}: the waiting lines;
 *   <li>{@link io.gradelane.core.server}: the hosts, their states, and who may cause a change;
 *   <li>{@link io.gradelane.core.dispatch}: the one writer that brings them together;
 *   <li>{@link io.gradelane.core.ownership}: on which node that one is, and what the nodes tell each other;
 *   <li>{@link io.gradelane.core.job}: runs made durable, in batches.
 * </ol>
 */
@NullMarked
package io.gradelane.core;

import org.jspecify.annotations.NullMarked;
