/**
 * {@code conf/gradelane.yaml} and the environment as records that cannot be wrong.
 *
 * <p>The only room that reads configuration files and environment variables. Everything is validated whole: each
 * problem with its path, the value and what was expected, all of them at once.
 */
@NullMarked
package io.gradelane.settings;

import org.jspecify.annotations.NullMarked;
