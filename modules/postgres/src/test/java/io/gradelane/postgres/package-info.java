/** PostgreSQL as a process. */
@NullMarked
package io.gradelane.postgres;

import org.jspecify.annotations.NullMarked;
