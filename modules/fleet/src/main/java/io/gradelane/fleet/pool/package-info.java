/** The pool and the cluster as the fleet meets them: server map, bus and lease. */
@NullMarked
package io.gradelane.fleet.pool;

import org.jspecify.annotations.NullMarked;
