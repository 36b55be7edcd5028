/** FleetVerticle: keeps as many hosts as are wanted, one pass every ten seconds on one node. */
@NullMarked
package io.gradelane.fleet;

import org.jspecify.annotations.NullMarked;
