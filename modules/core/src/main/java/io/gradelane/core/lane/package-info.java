/** The waiting lines: what is configured of them. */
@NullMarked
package io.gradelane.core.lane;

import org.jspecify.annotations.NullMarked;
