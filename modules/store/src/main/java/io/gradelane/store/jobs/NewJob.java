package io.gradelane.store.jobs;

import io.vertx.core.buffer.Buffer;

/**
 * A job that is submitted.
 *
 * @param ref the submitter's own name for it; may repeat
 * @param language the language id that a server must have
 * @param costMillis estimated slot time, above 0
 * @param spec what of its run is not in the batch's template
 */
public record NewJob(String ref, String language, int costMillis, Buffer spec) {}
