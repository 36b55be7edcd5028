/**
 * What is kept of jobs and their batches: the ports, by subject, and what they say. A {@link
 * io.gradelane.store.jobs.JobStore} holds them together; implementations stand in packages that only the launcher knows.
 *
 * <p>Every method may be called from any Vert.x context and answers on it. A future that fails says that nobody knows:
 * the database is away, or was when it should have answered. Everything here can be asked again after that.
 */
@NullMarked
package io.gradelane.store.jobs;

import org.jspecify.annotations.NullMarked;
