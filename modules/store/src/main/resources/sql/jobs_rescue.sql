-- Takes back every job of one batch that runs under a session that has ended: it waits again, or is dead after the
-- $5th strike, or cancelled with its batch. A session that left well costs no strike. Answers the jobs.
WITH gone AS (
  SELECT job.id, job.session, job.attempt, job.server, job.claimed_at, session.node,
         job.strikes + CASE WHEN session.left_well THEN 0 ELSE 1 END AS strikes
  FROM jobs AS job JOIN sessions AS session ON session.id = job.session
  WHERE job.id > $1 AND job.id <= $3
    AND job.state = 1
    AND session.ended_at IS NOT NULL
    AND session.rescued_at IS NULL
), rescued AS (
  UPDATE jobs AS job
  SET state = CASE WHEN batch.cancelled_at IS NOT NULL THEN 4 WHEN gone.strikes >= $4 THEN 3 ELSE 0 END,
      strikes = gone.strikes
  FROM gone, batches AS batch
  WHERE job.id = gone.id AND job.state = 1 AND job.session = gone.session AND job.attempt = gone.attempt
    AND batch.id = $1
  RETURNING gone.*, job.state AS became, job.language, job.cost_ms
), stored AS (
  INSERT INTO attempts
    (job, number, ending, session, claimed_at, waited_ms, ran_ms, server_load, server_slots, node, server, reason)
  SELECT id, attempt, 4, session, claimed_at, 0, 0, 0, 0, node, server,
         CASE WHEN became = 3 THEN 'its node vanished, for the ' || strikes || '. time' ELSE '' END
  FROM rescued
), counted AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT $1, $2, 1, 0, count(*) FILTER (WHERE became = 3), count(*) FILTER (WHERE became = 4), count(*)
  FROM rescued
  HAVING count(*) > 0
  ON CONFLICT (batch, session) DO UPDATE
  SET number = known.number + 1, dead = known.dead + excluded.dead, cancelled = known.cancelled + excluded.cancelled,
      lost = known.lost + excluded.lost
  RETURNING *
), logged AS (
  INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, jobs, states)
  SELECT batch, session, number, 2, finished, dead, cancelled, lost,
         (SELECT array_agg(sequence_of(id)) FROM rescued), (SELECT array_agg(became) FROM rescued)
  FROM counted
), told AS (
  INSERT INTO deliveries (webhook, kind, data)
  SELECT hook, 2, job_data($1, id, became, NULL, attempt) FROM hearers($1, true) AS hook, rescued WHERE became > 1
)
SELECT id, became, attempt, strikes, server, language, cost_ms FROM rescued
