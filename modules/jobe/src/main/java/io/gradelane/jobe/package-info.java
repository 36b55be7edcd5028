/**
 * Jobe's REST interface: what is on the wire ({@link io.gradelane.jobe.wire}) and a client for it
 * ({@link io.gradelane.jobe.client}). The embedded sandbox and the gateway's own face are built on the same wire
 * types, so they can't disagree.
 */
@NullMarked
package io.gradelane.jobe;

import org.jspecify.annotations.NullMarked;
