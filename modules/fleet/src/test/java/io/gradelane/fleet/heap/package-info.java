/** Tests. */
@NullMarked
package io.gradelane.fleet.heap;

import org.jspecify.annotations.NullMarked;
