/** The server map and the members. Ports here; who keeps them is the launcher's choice. */
@NullMarked
package io.gradelane.cluster;

import org.jspecify.annotations.NullMarked;
