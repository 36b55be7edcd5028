/** What operators and their tools look at: probes and meters. */
@NullMarked
package io.gradelane.api.ops;

import org.jspecify.annotations.NullMarked;
