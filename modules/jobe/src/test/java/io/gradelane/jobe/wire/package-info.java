/** Every rule of the wire, one by one. Expected texts are those of PHP 8.2 and Jobe 2.2.1. */
@NullMarked
package io.gradelane.jobe.wire;

import org.jspecify.annotations.NullMarked;
