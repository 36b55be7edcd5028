/** The record of runs. */
@NullMarked
package io.gradelane.api.records;

import org.jspecify.annotations.NullMarked;
