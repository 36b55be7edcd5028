package io.gradelane.store.jobs;

import io.gradelane.core.job.JobId;

/** The attempt that a result was taken from, instead of a run. */
public record Origin(JobId job, int attempt) {}
