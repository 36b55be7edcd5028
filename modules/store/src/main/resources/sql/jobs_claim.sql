-- Claims jobs for a session that lives, one attempt each. The session's row is locked, so that it can't be ended
-- meanwhile; a job that is not waiting any more, or whose batch does not let it start, is left out of the answer.
WITH me AS MATERIALIZED (
  SELECT id FROM sessions
  WHERE id = $1 AND ended_at IS NULL AND lives_until > clock_timestamp()
  FOR SHARE
), asked AS (
  SELECT * FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS asked (id, batch, server)
)
UPDATE jobs AS job
SET state = 1, attempt = job.attempt + 1, session = me.id, server = asked.server, claimed_at = clock_timestamp()
FROM me, asked, batches AS batch
WHERE job.id = asked.id
  AND job.state = 0
  AND batch.id = asked.batch
  AND batch.paused IS NULL
  AND batch.cancelled_at IS NULL
  AND job.id <= batch.up_to_job
  AND (batch.not_before IS NULL OR batch.not_before <= clock_timestamp())
RETURNING job.id, job.attempt, job.strikes
