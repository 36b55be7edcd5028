/** What operators have set while everything ran, kept beyond it: the port. */
@NullMarked
package io.gradelane.store.operator;

import org.jspecify.annotations.NullMarked;
