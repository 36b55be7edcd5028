WITH fence AS MATERIALIZED (
  SELECT newest FROM fleet_fence WHERE newest <= $1 FOR SHARE
)
INSERT INTO fleet_sample (at, fence, target, sample)
SELECT $2, $1, $3, $4 FROM fence
RETURNING number
