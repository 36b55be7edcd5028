package io.gradelane.store.operator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator has said of one value last.
 *
 * @param value as JSON; null if it has been taken back
 */
public record Setting(
    String subject, String name, @Nullable String value, long version, String by, Instant at) {}
