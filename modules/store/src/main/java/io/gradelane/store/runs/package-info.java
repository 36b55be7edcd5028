/** What became of every run that somebody waited for: the port. */
@NullMarked
package io.gradelane.store.runs;

import org.jspecify.annotations.NullMarked;
