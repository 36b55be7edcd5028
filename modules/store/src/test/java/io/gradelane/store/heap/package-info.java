/** Tests. */
@NullMarked
package io.gradelane.store.heap;

import org.jspecify.annotations.NullMarked;
