SELECT id FROM batches WHERE ended_at IS NULL ORDER BY id
