/** HealthVerticle: probes the servers, weighs the evidence of runs, and is the only writer of the server map. */
@NullMarked
package io.gradelane.health;

import org.jspecify.annotations.NullMarked;
