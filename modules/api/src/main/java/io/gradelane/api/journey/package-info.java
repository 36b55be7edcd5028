/**
 * The way of one run, in the order in which it goes it: {@link io.gradelane.api.journey.RunOrder} (what is asked),
 * {@code FileLookup} (what is sent along), {@code Trip} (its permits, tries and doubts), {@code Visit} (one permit's talk
 * with one server).
 *
 * <pre>
 *            read ──► files here? ──► want ──► granted ──► visit ──► verdict ──► answer
 *   invalid: Jobe's   no: 404        │ ▲          ▲          │         │
 *   own words                        │ └─refused/lost/fault──┘         │ doubtful
 *                                    ▼    elsewhere                    ▼
 *                             refused: 21           believed: answer ◄ doubt ─► quiet grant
 * </pre>
 */
@NullMarked
package io.gradelane.api.journey;

import org.jspecify.annotations.NullMarked;
