/**
 * The engine of durable jobs: it reads what waits, asks for permits as any caller does, claims what is granted, runs it,
 * and keeps the results, in groups.
 *
 * <p>Of all nodes of a pool the one that holds the lease runs the jobs; another takes over when it is gone. That is an
 * order of work and no more: what two engines did at once, the claims would sort out.
 */
@NullMarked
package io.gradelane.api.jobs;

import org.jspecify.annotations.NullMarked;
