/** A client for one Jobe server at a time. */
@NullMarked
package io.gradelane.jobe.client;

import org.jspecify.annotations.NullMarked;
