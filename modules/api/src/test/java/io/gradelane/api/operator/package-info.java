/** What operators set. */
@NullMarked
package io.gradelane.api.operator;

import org.jspecify.annotations.NullMarked;
