/** Commands that speak to a node over its interface: submitting, steering and watching jobs from a terminal. */
@NullMarked
package io.gradelane.launcher.remote;

import org.jspecify.annotations.NullMarked;
