/** {@code /api/v1}: Gradelane's own interface, for scripts, graders and staff. */
@NullMarked
package io.gradelane.api.v1;

import org.jspecify.annotations.NullMarked;
