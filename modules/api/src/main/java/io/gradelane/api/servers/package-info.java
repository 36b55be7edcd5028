/** What the server map says to clients and operators. */
@NullMarked
package io.gradelane.api.servers;

import org.jspecify.annotations.NullMarked;
