/** Ports of what is kept; the implementations stand in sub-packages that only the launcher knows. */
@NullMarked
package io.gradelane.store;

import org.jspecify.annotations.NullMarked;
