/** Tests. */
@NullMarked
package io.gradelane.store.redis;

import org.jspecify.annotations.NullMarked;
