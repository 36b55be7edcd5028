/**
 * Benchmarks: each a {@code main} that says in its first line what it measures and against what, prints a table, and
 * writes JSON under {@code target/bench}. All of them talk to loopback only and stop what they start.
 *
 * <p>Peers take turns in short rounds, so that a busy moment of the machine hits all of them; what counts is the ratios
 * of one run. {@link io.gradelane.bench.LeanJobe} is the server behind them all.
 */
@NullMarked
package io.gradelane.bench;

import org.jspecify.annotations.NullMarked;
