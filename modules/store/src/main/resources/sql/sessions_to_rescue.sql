SELECT id FROM sessions WHERE rescued_at IS NULL AND ended_at IS NOT NULL ORDER BY id
