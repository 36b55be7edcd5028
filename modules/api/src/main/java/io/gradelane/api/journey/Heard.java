package io.gradelane.api.journey;

import io.gradelane.jobe.client.JobeReply;
import io.gradelane.jobe.wire.Replies.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link Visit}.
 *
 * @param reply what it means
 * @param raw the server's last words; null if none came
 * @param millis for how long the slot was in use
 */
record Heard(Reply reply, @Nullable JobeReply raw, int millis) {}
