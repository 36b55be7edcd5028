/** main: reads the settings, builds the ports, deploys the verticles, drains. The command line. */
@NullMarked
package io.gradelane.launcher;

import org.jspecify.annotations.NullMarked;
