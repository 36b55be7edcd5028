package io.gradelane.store.jobs;

import io.gradelane.core.job.JobId;
import io.gradelane.core.job.JobState;
import org.jspecify.annotations.Nullable;

/**
 * A job as it is kept.
 *
 * @param ref the submitter's own name for it
 * @param last its last attempt, once that has ended
 * @param erased whether its spec, its ref and its results were erased
 */
public record JobView(
    JobId id, String ref, JobState state, @Nullable Attempt last, boolean erased) {}
