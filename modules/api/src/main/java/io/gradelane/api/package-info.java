/** ApiVerticle: Jobe's face, /api/v1, probes and metrics. Asks for permits on the bus, talks to servers itself. */
@NullMarked
package io.gradelane.api;

import org.jspecify.annotations.NullMarked;
