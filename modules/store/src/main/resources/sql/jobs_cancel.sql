-- Cancels jobs of a cancelled batch that wait, one slice of ids at a time. Answers how many.
WITH cancelled AS (
  UPDATE jobs AS job
  SET state = 4
  WHERE job.id > $3 AND job.id <= $4
    AND job.state = 0
    AND EXISTS (SELECT FROM batches WHERE id = $1 AND cancelled_at IS NOT NULL)
  RETURNING job.id, job.attempt
), counted AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT $1, $2, 1, 0, 0, count(*), 0 FROM cancelled HAVING count(*) > 0
  ON CONFLICT (batch, session) DO UPDATE
  SET number = known.number + 1, cancelled = known.cancelled + excluded.cancelled
  RETURNING *
), logged AS (
  INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, jobs, states)
  SELECT batch, session, number, 2, finished, dead, cancelled, lost,
         (SELECT array_agg(sequence_of(id)) FROM cancelled), (SELECT array_agg(4::smallint) FROM cancelled)
  FROM counted
), told AS (
  INSERT INTO deliveries (webhook, kind, data)
  SELECT hook, 2, job_data($1, id, 4::smallint, NULL, attempt) FROM hearers($1, true) AS hook, cancelled
)
SELECT count(*)::integer AS cancelled FROM cancelled
