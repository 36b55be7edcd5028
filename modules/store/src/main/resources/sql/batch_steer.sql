-- Takes a control that was made from version $3, and says so.
WITH steered AS (
  UPDATE batches
  SET lane = $4, priority = $5, paused = $6, up_to = $7, up_to_job = $8, not_before = $9, stop_percent = $10,
      cancelled_at = CASE WHEN $11 THEN clock_timestamp() END,
      version = $12
  WHERE id = $1 AND version = $3 AND cancelled_at IS NULL AND ended_at IS NULL
  RETURNING id
), numbered AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT id, $2, 1, 0, 0, 0, 0 FROM steered
  ON CONFLICT (batch, session) DO UPDATE SET number = known.number + 1
  RETURNING *
)
INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, detail)
SELECT batch, session, number, 3, finished, dead, cancelled, lost, $13 FROM numbered
RETURNING number
