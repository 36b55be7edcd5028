/** Tests of who dispatches, and of what nodes tell each other. */
@NullMarked
package io.gradelane.core.ownership;

import org.jspecify.annotations.NullMarked;
