/**
 * One dispatcher a pool, on one node at a time: who it is, how another one follows it, and what the nodes tell each other
 * so that no permit is lost or counted twice. The page of the dispatch room draws it.
 *
 * <ol>
 *   <li>{@link io.gradelane.core.ownership.PoolNode}: one node's part, whether it owns or follows;
 *   <li>{@link io.gradelane.core.ownership.Stance}: which of the two it does;
 *   <li>{@link io.gradelane.core.ownership.PeerMessage}: what nodes tell each other;
 *   <li>{@code Attendance} and {@code Party}: the two ends of that conversation, the node's and the owner's, each with a
 *       {@code Ledger} of the node's runs, an {@code Outbox} and an {@code Intake};
 *   <li>{@code Office}: what an owner has in its term;
 *   <li>{@code Electorate}: who is seen, who is missed, who comes next.
 * </ol>
 */
@NullMarked
package io.gradelane.core.ownership;

import org.jspecify.annotations.NullMarked;
