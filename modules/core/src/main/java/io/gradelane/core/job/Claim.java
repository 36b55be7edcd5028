package io.gradelane.core.job;

/**
 * The right to end one attempt: the fencing token that a finish must still match.
 *
 * @param attempt 1 for the first
 * @param session the node's that claimed it
 */
public record Claim(JobId job, int attempt, long session) {}
