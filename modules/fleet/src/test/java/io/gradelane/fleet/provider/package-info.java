/** Tests. */
@NullMarked
package io.gradelane.fleet.provider;

import org.jspecify.annotations.NullMarked;
