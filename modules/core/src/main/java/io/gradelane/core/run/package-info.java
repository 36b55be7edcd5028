/** What a run is called and how it can end. */
@NullMarked
package io.gradelane.core.run;

import org.jspecify.annotations.NullMarked;
