/** Tests. */
@NullMarked
package io.gradelane.fleet.calendar;

import org.jspecify.annotations.NullMarked;
