-- Holds the fence while it writes, so that nobody reads under a higher one between.
WITH fence AS MATERIALIZED (
  SELECT newest FROM fleet_fence WHERE newest <= $1 FOR SHARE
), written AS (
  UPDATE fleet_host
  SET ref = $3, address = $4, created_at = $5, state = $6, since = $7, reason = $8, drained_by = $9, began = $10,
    version = $11
  FROM fence
  WHERE id = $2 AND version = $12
  RETURNING id
)
SELECT EXISTS (SELECT FROM fence) AS held, EXISTS (SELECT FROM written) AS done
