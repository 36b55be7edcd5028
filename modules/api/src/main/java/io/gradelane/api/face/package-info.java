/** Jobe's face: what CodeRunner and every other client of a Jobe server sees. */
@NullMarked
package io.gradelane.api.face;

import org.jspecify.annotations.NullMarked;
