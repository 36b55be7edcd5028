/**
 * Runs made durable: what a job, its attempts and its batch are, and how they change.
 *
 * <p>The database is the truth about each of them; what stands here are the rules that its statements keep and that the
 * engine decides by. In the order a job meets them: {@link io.gradelane.core.job.BatchId} names it,
 * {@link io.gradelane.core.job.BatchControl} lets it start, {@link io.gradelane.core.job.JobState} is its life,
 * {@link io.gradelane.core.job.RetryPolicy} says what follows an attempt, {@link io.gradelane.core.job.Progress} counts
 * it in the end.
 */
@NullMarked
package io.gradelane.core.job;

import org.jspecify.annotations.NullMarked;
