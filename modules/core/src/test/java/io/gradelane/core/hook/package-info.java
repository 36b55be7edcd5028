/** What webhooks do. */
@NullMarked
package io.gradelane.core.hook;

import org.jspecify.annotations.NullMarked;
