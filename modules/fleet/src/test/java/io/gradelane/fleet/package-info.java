/** Tests. */
@NullMarked
package io.gradelane.fleet;

import org.jspecify.annotations.NullMarked;
