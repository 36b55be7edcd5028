/**
 * Conversations that were recorded with a real Jobe, held with ours: whatever speaks Jobe's REST must answer them in the
 * same way. {@link io.gradelane.contract.JobeContract} is the suite, {@link io.gradelane.contract.KnownDifferences} what
 * is left.
 */
@NullMarked
package io.gradelane.contract;

import org.jspecify.annotations.NullMarked;
