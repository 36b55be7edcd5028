-- Ends a batch of which every job has ended. Asked after the commit of whatever ended one: of two sessions that end the
-- last two jobs at once, the later sees both.
WITH over AS (
  UPDATE batches
  SET ended_at = clock_timestamp(), version = version + 1
  WHERE id = $1 AND ended_at IS NULL AND (sealed OR cancelled_at IS NOT NULL)
    AND total = (SELECT coalesce(sum(finished + dead + cancelled), 0) FROM progress WHERE batch = $1)
  RETURNING id
), numbered AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT id, $2, 1, 0, 0, 0, 0 FROM over
  ON CONFLICT (batch, session) DO UPDATE SET number = known.number + 1
  RETURNING *
), told AS (
  INSERT INTO deliveries (webhook, kind, data)
  SELECT hook, 1, batch_data(over.id) FROM over, hearers(over.id, false) AS hook
)
INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost)
SELECT batch, session, number, 4, finished, dead, cancelled, lost FROM numbered
RETURNING number
