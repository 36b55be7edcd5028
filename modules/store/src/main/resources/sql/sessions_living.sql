SELECT id FROM sessions WHERE rescued_at IS NULL AND ended_at IS NULL AND lives_until > clock_timestamp() ORDER BY id
