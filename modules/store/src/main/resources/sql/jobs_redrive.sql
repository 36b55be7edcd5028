-- Lets dead jobs of a batch wait again, without strikes; their batch is open again. $4 names some, $5 is a text that
-- their reason must have in it, $6 what their ref begins with. Those that were erased stay as they are.
WITH redriven AS (
  UPDATE jobs AS job
  SET state = 0, strikes = 0, session = NULL, server = NULL
  WHERE job.id > $1 AND job.id <= $3
    AND job.state = 3
    AND ($4::uuid[] IS NULL OR job.id = ANY ($4))
    AND ($5::text IS NULL OR EXISTS (
      SELECT FROM attempts AS last
      WHERE last.job = job.id AND last.number = job.attempt AND strpos(last.reason, $5) > 0))
    AND EXISTS (
      SELECT FROM job_specs AS specs
      WHERE specs.job = job.id AND octet_length(specs.spec) > 0
        AND ($6::text IS NULL OR starts_with(specs.ref, $6)))
    AND EXISTS (SELECT FROM batches WHERE id = $1 AND cancelled_at IS NULL)
  RETURNING job.id
), reopened AS (
  UPDATE batches SET ended_at = NULL, version = version + 1
  WHERE id = $1 AND EXISTS (SELECT FROM redriven)
), counted AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT $1, $2, 1, 0, -count(*), 0, 0 FROM redriven HAVING count(*) > 0
  ON CONFLICT (batch, session) DO UPDATE
  SET number = known.number + 1, dead = known.dead + excluded.dead
  RETURNING *
), logged AS (
  INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, jobs, states)
  SELECT batch, session, number, 5, finished, dead, cancelled, lost,
         (SELECT array_agg(sequence_of(id)) FROM redriven), (SELECT array_agg(0::smallint) FROM redriven)
  FROM counted
)
SELECT count(*)::integer AS redriven FROM redriven
