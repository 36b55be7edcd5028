/** Tests of the waiting lines. */
@NullMarked
package io.gradelane.core.lane;

import org.jspecify.annotations.NullMarked;
