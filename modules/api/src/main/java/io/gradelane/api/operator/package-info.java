/** What operators set through the interface, kept beyond the life of the nodes. */
@NullMarked
package io.gradelane.api.operator;

import org.jspecify.annotations.NullMarked;
