/** The contract of {@code /api/v1}, {@code openapi.yaml}, as the interface reads it. */
@NullMarked
package io.gradelane.api.contract;

import org.jspecify.annotations.NullMarked;
