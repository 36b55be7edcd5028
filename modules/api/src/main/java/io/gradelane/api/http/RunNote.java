package io.gradelane.api.http;

import io.gradelane.core.run.RunId;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a run for the access log, and for who asked for it.
 *
 * @param server the last one it was sent to, or null
 * @param attempts how often it was sent to a server
 * @param outcome Jobe's code, or a word where there is none
 * @param waitedMillis in its lane, all attempts together
 * @param serverLoad runs on that server when it was granted, this one included
 * @param serverSlots of that server
 */
public record RunNote(
    RunId run,
    String lane,
    String tenant,
    @Nullable String server,
    int attempts,
    String outcome,
    long waitedMillis,
    int serverLoad,
    int serverSlots) {}
