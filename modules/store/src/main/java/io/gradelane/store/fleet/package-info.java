/** The table of the fleet's hosts, as a port. */
@NullMarked
package io.gradelane.store.fleet;

import org.jspecify.annotations.NullMarked;
