/**
 * Watching live: what happens to batches and jobs, and the figures of lanes and of the pool, told over SSE and WebSocket.
 *
 * <p>{@link io.gradelane.api.watch.WatchRoom} is where requests come in. A stream subscribes at the {@link
 * io.gradelane.api.watch.Desk}, which looks at the rights. Of each watched batch one {@link
 * io.gradelane.api.watch.Follower} reads the log, however many watch it; what it has read goes to a {@link
 * io.gradelane.api.watch.BatchLog}, which knows of each {@link io.gradelane.api.watch.Watcher} what it is still to be told.
 * These two do no I/O. Everything here belongs to the event loop of one API verticle.
 */
@NullMarked
package io.gradelane.api.watch;

import org.jspecify.annotations.NullMarked;
