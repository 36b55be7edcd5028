/** JSON that is passed on as it was written, and looked into as little as need be. */
@NullMarked
package io.gradelane.api.json;

import org.jspecify.annotations.NullMarked;
