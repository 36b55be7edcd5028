-- Ends attempts, in a group: stores what came, moves the job on, counts it and says so, all or nothing. Only where the
-- claim (job, attempt, session) still holds; a job that was rescued meanwhile and that nobody claimed again still takes
-- its late result. What comes for a cancelled batch is dropped. Answers the jobs that it ended, and how: sent twice, it
-- changes nothing the second time.
WITH given AS (
  SELECT * FROM unnest(
    $2::uuid[], $3::uuid[], $4::smallint[], $5::bigint[], $6::smallint[], $7::smallint[], $8::smallint[],
    $9::integer[], $10::integer[], $11::smallint[], $12::smallint[], $13::text[], $14::text[], $15::bytea[],
    $17::bytea[], $18::uuid[], $19::smallint[])
  AS given (id, batch, attempt, session, state, ending, outcome, waited_ms, ran_ms, load, slots, server, reason, result,
            digest, origin_job, origin_attempt)
), ended AS (
  UPDATE jobs AS job
  SET state = CASE WHEN batch.cancelled_at IS NULL THEN given.state ELSE 4 END,
      strikes = job.strikes + CASE WHEN given.ending = 3 THEN 1 ELSE 0 END,
      session = CASE WHEN given.state = 0 THEN NULL ELSE job.session END
  FROM given, batches AS batch
  WHERE job.id = given.id
    AND job.attempt = given.attempt
    AND job.session = given.session
    AND job.state IN (0, 1)
    AND batch.id = given.batch
  RETURNING given.*, job.state AS became, job.claimed_at
), stored AS (
  INSERT INTO attempts AS known
    (job, number, ending, outcome, session, claimed_at, waited_ms, ran_ms, server_load, server_slots, node, server,
     reason, result, origin_job, origin_attempt)
  SELECT id, attempt, CASE WHEN became = 4 THEN 6 ELSE ending END, outcome, session, claimed_at, waited_ms, ran_ms, load,
         slots, $16, server, reason, CASE WHEN became = 4 THEN NULL ELSE result END, origin_job, origin_attempt
  FROM ended
  ON CONFLICT (job, number) DO UPDATE
  SET ending = excluded.ending, outcome = excluded.outcome, ended_at = excluded.ended_at, waited_ms = excluded.waited_ms,
      ran_ms = excluded.ran_ms, server_load = excluded.server_load, server_slots = excluded.server_slots,
      reason = excluded.reason, result = excluded.result, origin_job = excluded.origin_job,
      origin_attempt = excluded.origin_attempt
  WHERE known.ending = 4
), counted AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost, cached)
  SELECT batch, $1, 1, count(*) FILTER (WHERE became = 2), count(*) FILTER (WHERE became = 3),
         count(*) FILTER (WHERE became = 4), count(*) FILTER (WHERE ending IN (2, 3)),
         count(*) FILTER (WHERE became = 2 AND origin_job IS NOT NULL)
  FROM ended
  GROUP BY batch
  ORDER BY batch
  ON CONFLICT (batch, session) DO UPDATE
  SET number = known.number + 1, finished = known.finished + excluded.finished, dead = known.dead + excluded.dead,
      cancelled = known.cancelled + excluded.cancelled, lost = known.lost + excluded.lost,
      cached = known.cached + excluded.cached
  RETURNING *
), logged AS (
  INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, jobs, states)
  SELECT counted.batch, counted.session, counted.number, 2, counted.finished, counted.dead, counted.cancelled,
         counted.lost, changed.jobs, changed.states
  FROM counted JOIN (
    SELECT batch, array_agg(sequence_of(id)) AS jobs, array_agg(became) AS states FROM ended GROUP BY batch
  ) AS changed ON changed.batch = counted.batch
), remembered AS (
  INSERT INTO results AS known (digest, job, attempt)
  SELECT DISTINCT ON (digest) digest, id, attempt FROM ended WHERE digest IS NOT NULL AND became = 2 ORDER BY digest, id
  ON CONFLICT (digest) DO UPDATE SET job = excluded.job, attempt = excluded.attempt
), told AS (
  INSERT INTO deliveries (webhook, kind, data)
  SELECT hook, 2, job_data(ended.batch, ended.id, became, outcome, attempt)
  FROM (SELECT DISTINCT batch FROM ended WHERE became > 1) AS over, hearers(over.batch, true) AS hook, ended
  WHERE ended.batch = over.batch AND became > 1
)
SELECT id, became FROM ended
