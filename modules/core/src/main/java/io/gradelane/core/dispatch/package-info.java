/** The pool's single writer: lanes, permits, fairness, stickiness. */
@NullMarked
package io.gradelane.core.dispatch;

import org.jspecify.annotations.NullMarked;
