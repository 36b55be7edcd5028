/** Who asks, and which lanes and which parts of the API are open to them. */
@NullMarked
package io.gradelane.api.access;

import org.jspecify.annotations.NullMarked;
