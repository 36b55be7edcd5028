/** The dispatcher's rules, one test class for each. */
@NullMarked
package io.gradelane.core.dispatch;

import org.jspecify.annotations.NullMarked;
