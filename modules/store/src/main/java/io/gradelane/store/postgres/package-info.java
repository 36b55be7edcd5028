/**
 * Jobs in PostgreSQL. The statements stand in {@code sql/}, one a file, by the name that the code calls them; the schema
 * grows by the numbered files of {@code sql/migrations}.
 */
@NullMarked
package io.gradelane.store.postgres;

import org.jspecify.annotations.NullMarked;
