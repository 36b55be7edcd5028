package io.gradelane.store.jobs;

import io.vertx.core.buffer.Buffer;

/**
 * What a client calls one request, so that it can be sent again when nobody knows whether it arrived.
 *
 * @param tenant whose key it is
 * @param digest of the whole request: another one under the same key is a mistake
 */
public record RequestKey(String tenant, String key, Buffer digest) {}
