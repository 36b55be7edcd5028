/** The file store that all nodes share: Redis, with this node's own heap in front. */
@NullMarked
package io.gradelane.store.redis;

import org.jspecify.annotations.NullMarked;
