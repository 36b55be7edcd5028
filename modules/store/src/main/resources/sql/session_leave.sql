UPDATE sessions SET ended_at = clock_timestamp(), left_well = true WHERE id = $1 AND ended_at IS NULL
