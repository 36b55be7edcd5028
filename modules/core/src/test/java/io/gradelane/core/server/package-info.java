/** What operators say of servers. */
@NullMarked
package io.gradelane.core.server;

import org.jspecify.annotations.NullMarked;
