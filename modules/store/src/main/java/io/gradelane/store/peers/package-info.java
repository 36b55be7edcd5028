/**
 * The file store of several nodes without Redis: what a node lacks it fetches from another, by HTTP on a port of their own
 * ({@link io.gradelane.store.peers.PeerFileServer}), for whoever shares their secret.
 */
@NullMarked
package io.gradelane.store.peers;

import org.jspecify.annotations.NullMarked;
