/** Table and lease of a node that stands alone: gone with the process. */
@NullMarked
package io.gradelane.fleet.heap;

import org.jspecify.annotations.NullMarked;
