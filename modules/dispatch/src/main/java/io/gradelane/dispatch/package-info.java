/** DispatcherVerticle: asks the pure dispatcher of one pool, on one context, and performs what it decides. */
@NullMarked
package io.gradelane.dispatch;

import org.jspecify.annotations.NullMarked;
