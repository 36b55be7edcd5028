-- Also one that nobody has ended yet although its time is over: after an outage everybody is late. A renewal that comes
-- too late ($3: the pause that is still in time) begins its steadiness anew.
UPDATE sessions
SET lives_until = clock_timestamp() + $2 * interval '1 millisecond',
    steady_since = CASE
      WHEN renewed_at >= clock_timestamp() - $3 * interval '1 millisecond' THEN steady_since
      ELSE clock_timestamp()
    END,
    renewed_at = clock_timestamp()
WHERE id = $1 AND ended_at IS NULL
RETURNING (extract(epoch FROM clock_timestamp() - steady_since) * 1000)::bigint AS steady_ms
