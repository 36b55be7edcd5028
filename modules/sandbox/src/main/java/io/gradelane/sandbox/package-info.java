/** A small Jobe server that really compiles and runs programs. For trying out and for tests; never for strangers' code. */
@NullMarked
package io.gradelane.sandbox;

import org.jspecify.annotations.NullMarked;
