/**
 * One dispatcher a pool, on one node at a time: who it is, how another one follows it, and what the nodes tell each other
 * so that no permit is lost or counted twice.
 */
@NullMarked
package io.gradelane.core.ownership;

import org.jspecify.annotations.NullMarked;
