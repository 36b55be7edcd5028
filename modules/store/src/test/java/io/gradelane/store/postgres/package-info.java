/** Jobs in a real PostgreSQL. */
@NullMarked
package io.gradelane.store.postgres;

import org.jspecify.annotations.NullMarked;
