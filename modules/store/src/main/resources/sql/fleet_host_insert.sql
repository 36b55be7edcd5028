-- Holds the fence while it writes, so that nobody reads under a higher one between.
WITH fence AS MATERIALIZED (
  SELECT newest FROM fleet_fence WHERE newest <= $1 FOR SHARE
), written AS (
  INSERT INTO fleet_host (id, ref, address, created_at, state, since, reason, drained_by, began, version)
  SELECT $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 FROM fence
  ON CONFLICT (id) DO NOTHING
  RETURNING id
)
SELECT EXISTS (SELECT FROM fence) AS held, EXISTS (SELECT FROM written) AS done
