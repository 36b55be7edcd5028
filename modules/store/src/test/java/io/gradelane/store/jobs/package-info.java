/** What every job store does. */
@NullMarked
package io.gradelane.store.jobs;

import org.jspecify.annotations.NullMarked;
