/** Tests. */
@NullMarked
package io.gradelane.store;

import org.jspecify.annotations.NullMarked;
