/** Fakes that misbehave on demand, signals instead of sleeps, fixtures for the real things. */
@NullMarked
package io.gradelane.testkit;

import org.jspecify.annotations.NullMarked;
