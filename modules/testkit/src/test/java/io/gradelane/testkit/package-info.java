/** Tests of what the other tests lean on. */
@NullMarked
package io.gradelane.testkit;

import org.jspecify.annotations.NullMarked;
