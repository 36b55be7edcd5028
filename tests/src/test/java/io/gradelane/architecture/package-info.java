/** The house rules, as tests; each tells what to do instead. */
@NullMarked
package io.gradelane.architecture;

import org.jspecify.annotations.NullMarked;
