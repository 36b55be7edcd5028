/** Benchmarks: each has a {@code main} that prints a table and writes JSON. Nothing here is a test. */
@NullMarked
package io.gradelane.bench;

import org.jspecify.annotations.NullMarked;
