/** The contract for people and their tools: {@code /openapi.yaml}, and {@code /docs}, which shows it. */
@NullMarked
package io.gradelane.api.docs;

import org.jspecify.annotations.NullMarked;
