/**
 * Fakes that misbehave on demand, signals instead of sleeps, fixtures for the real things.
 *
 * <p>Depends on no room of Gradelane, so that each of them can be tested with it.
 */
@NullMarked
package io.gradelane.testkit;

import org.jspecify.annotations.NullMarked;
