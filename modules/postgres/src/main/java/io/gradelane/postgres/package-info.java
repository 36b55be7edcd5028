/**
 * Starts a real PostgreSQL from its executables, as a process beside this one: the embedded default of a node that has
 * no database of its own, and the one that tests talk to. Knows nothing of what is kept in it.
 */
@NullMarked
package io.gradelane.postgres;

import org.jspecify.annotations.NullMarked;
