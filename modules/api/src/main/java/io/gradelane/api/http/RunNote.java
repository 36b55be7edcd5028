package io.gradelane.api.http;

import io.gradelane.core.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What the access log says of a run.
 *
 * @param server the last one it was sent to, or null
 * @param attempts how often it was sent to a server
 * @param outcome Jobe's code, or a word where there is none
 * @param waitedMillis in its lane, all attempts together
 */
public record RunNote(
    RunId run,
    String lane,
    String tenant,
    @Nullable String server,
    int attempts,
    String outcome,
    long waitedMillis) {}
