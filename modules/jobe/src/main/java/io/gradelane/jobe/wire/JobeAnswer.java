package io.gradelane.jobe.wire;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * An answer as Jobe gives it.
 *
 * @param contentType null where Jobe sends none (204)
 * @param body null where Jobe sends none
 */
public record JobeAnswer(
    int status, @Nullable String contentType, @Nullable Buffer body) {}
