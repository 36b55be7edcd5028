-- Ends the sessions whose time is over, if the asker itself has been steady for a whole lease: after an outage everybody
-- looks dead. The lock on a session's row lets claims that are under way commit first, and no other begin.
UPDATE sessions
SET ended_at = clock_timestamp()
WHERE rescued_at IS NULL
  AND ended_at IS NULL
  AND lives_until < clock_timestamp()
  AND EXISTS (
    SELECT FROM sessions AS me
    WHERE me.id = $1
      AND me.ended_at IS NULL
      AND me.lives_until > clock_timestamp()
      AND me.steady_since <= clock_timestamp() - $2 * interval '1 millisecond')
RETURNING id, node
