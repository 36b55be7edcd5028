package io.gradelane.jobe.client;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What a server answered, untouched.
 *
 * @param contentType as it was sent, or null
 * @param body empty if there was none
 * @param millis from sending to the last byte
 */
public record JobeReply(int status, @Nullable String contentType, Buffer body, int millis) {}
