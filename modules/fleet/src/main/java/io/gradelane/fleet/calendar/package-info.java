/** Exams from a list and from an iCalendar file. */
@NullMarked
package io.gradelane.fleet.calendar;

import org.jspecify.annotations.NullMarked;
