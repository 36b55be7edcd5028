/** The record of runs: written down as they end, kept in groups, off their way. */
@NullMarked
package io.gradelane.api.records;

import org.jspecify.annotations.NullMarked;
