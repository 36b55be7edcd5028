/** Tests of the API at the wire, in front of scripted servers and a dispatcher that does as it is told. */
@NullMarked
package io.gradelane.api;

import org.jspecify.annotations.NullMarked;
