package io.gradelane.store.runs;

import io.gradelane.core.run.RunId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which runs are looked for. What is null does not matter.
 *
 * @param from the first moment
 * @param to the first moment after
 * @param before only those with smaller ids: where an earlier page ended
 * @param request the id that its caller was answered
 * @param server that it was sent to, whichever attempt it was
 */
public record RunFilter(
    Instant from,
    Instant to,
    @Nullable RunId before,
    @Nullable String request,
    @Nullable String tenant,
    @Nullable String lane,
    @Nullable String server,
    @Nullable String outcome,
    RunRecord.@Nullable State state) {}
