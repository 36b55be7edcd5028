-- Writes those rows that have the version that they are expected to have; 0: there must be none. Holds the fence while it
-- writes, so that nobody reads under a higher one between.
WITH fence AS MATERIALIZED (
  SELECT newest FROM fleet_fence WHERE newest <= $1 FOR SHARE
), given AS MATERIALIZED (
  SELECT host.*
  FROM fence, unnest(
    $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
    $10::text[], $11::bigint[], $12::bigint[])
    AS host (id, ref, address, created_at, state, since, reason, drained_by, began, version, expected)
), added AS (
  INSERT INTO fleet_host (id, ref, address, created_at, state, since, reason, drained_by, began, version)
  SELECT id, ref, address, created_at, state, since, reason, drained_by, began::jsonb, version
  FROM given
  WHERE expected = 0
  ON CONFLICT (id) DO NOTHING
  RETURNING id
), replaced AS (
  UPDATE fleet_host AS host
  SET ref = given.ref, address = given.address, created_at = given.created_at, state = given.state,
    since = given.since, reason = given.reason, drained_by = given.drained_by, began = given.began::jsonb,
    version = given.version
  FROM given
  WHERE host.id = given.id AND host.version = given.expected
  RETURNING host.id
)
SELECT
  EXISTS (SELECT FROM fence) AS held,
  ARRAY (SELECT id FROM added UNION ALL SELECT id FROM replaced) AS written
