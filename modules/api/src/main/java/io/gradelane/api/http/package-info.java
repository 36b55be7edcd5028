/**
 * What every request goes through, whoever answers it: well-formed or turned away, numbered, read whole within limits,
 * answered once, logged once.
 */
@NullMarked
package io.gradelane.api.http;

import org.jspecify.annotations.NullMarked;
