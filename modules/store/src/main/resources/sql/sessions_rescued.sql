UPDATE sessions SET rescued_at = clock_timestamp() WHERE id = ANY ($1::bigint[]) AND ended_at IS NOT NULL
