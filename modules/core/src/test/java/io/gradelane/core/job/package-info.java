/** What jobs and batches do. */
@NullMarked
package io.gradelane.core.job;

import org.jspecify.annotations.NullMarked;
