/**
 * The engine of durable jobs: it reads what waits, asks for permits as any caller does, claims what is granted, runs it,
 * and keeps the results, in groups.
 *
 * <p>Every node that has a session runs its share of each batch, by chunks; when it has run that, it helps with what is
 * left. That is an order of work and no more: what two nodes do at once, the claims sort out.
 */
@NullMarked
package io.gradelane.api.jobs;

import org.jspecify.annotations.NullMarked;
