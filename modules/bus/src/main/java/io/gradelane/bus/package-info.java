/**
 * What verticles say to each other: messages, addresses, and the API side's half of the conversation with a
 * dispatcher ({@link io.gradelane.bus.Permits}).
 */
@NullMarked
package io.gradelane.bus;

import org.jspecify.annotations.NullMarked;
