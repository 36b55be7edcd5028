/** Jobe hosts: what is configured of them, and the life cycle that health keeps. */
@NullMarked
package io.gradelane.core.server;

import org.jspecify.annotations.NullMarked;
