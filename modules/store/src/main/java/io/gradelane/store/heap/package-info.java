/**
 * The file store of one node: a heap tier with a byte limit, and behind it a disk tier with another.
 *
 * <p>Both forget what was used longest ago, and whatever was not used for the time to live.
 */
@NullMarked
package io.gradelane.store.heap;

import org.jspecify.annotations.NullMarked;
