/** Tests. */
@NullMarked
package io.gradelane.fleet.pool;

import org.jspecify.annotations.NullMarked;
