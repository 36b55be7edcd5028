/** The gateway as a whole, its real verticles in this JVM, in front of stub Jobe servers that misbehave. */
@NullMarked
package io.gradelane.system;

import org.jspecify.annotations.NullMarked;
