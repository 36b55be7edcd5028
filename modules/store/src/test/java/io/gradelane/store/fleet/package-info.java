/** What every table of the fleet must do. */
@NullMarked
package io.gradelane.store.fleet;

import org.jspecify.annotations.NullMarked;
