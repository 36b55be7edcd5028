-- Erases what the jobs of one ref were and gave: spec, ref and results, and the ref in what webhooks are told; their
-- rows and their counts stay. An empty spec is the mark of it. Nothing is erased while one of them runs. What waits is
-- cancelled, for there is nothing to run any more. $1 the session that says so, $2 the ref, $3 the tenant or null, $4 and $5 the ids between which to look.
--
-- No index knows refs, for each would cost every submit: all specs are read. The jobs are locked before anything is
-- decided, so none can be claimed meanwhile.
WITH found AS MATERIALIZED (
  SELECT job.id, job.state
  FROM job_specs AS specs
  JOIN jobs AS job ON job.id = specs.job
  JOIN batches AS batch ON batch.id = batch_of(specs.job)
  WHERE specs.ref = $2
    AND specs.job > $4 AND specs.job <= $5
    AND octet_length(specs.spec) > 0
    AND ($3::text IS NULL OR batch.tenant = $3)
  ORDER BY job.id
  FOR UPDATE OF job
), still AS (
  SELECT id, state FROM found WHERE NOT EXISTS (SELECT FROM found WHERE state = 1)
), emptied AS (
  UPDATE job_specs AS specs SET ref = '', spec = '' FROM still WHERE specs.job = still.id
), forgotten AS (
  UPDATE attempts SET result = NULL FROM still WHERE attempts.job = still.id
), cancelled AS (
  UPDATE jobs AS job SET state = 4 FROM still WHERE job.id = still.id AND still.state = 0
  RETURNING job.id, job.attempt
), counted AS (
  INSERT INTO progress AS known (batch, session, number, finished, dead, cancelled, lost)
  SELECT batch_of(id), $1, 1, 0, 0, count(*), 0 FROM cancelled GROUP BY 1 ORDER BY 1
  ON CONFLICT (batch, session) DO UPDATE
  SET number = known.number + 1, cancelled = known.cancelled + excluded.cancelled
  RETURNING *
), logged AS (
  INSERT INTO events (batch, session, number, kind, finished, dead, cancelled, lost, jobs, states)
  SELECT counted.batch, counted.session, counted.number, 2, counted.finished, counted.dead, counted.cancelled,
         counted.lost, changed.jobs, changed.states
  FROM counted JOIN (
    SELECT batch_of(id) AS batch, array_agg(sequence_of(id)) AS jobs, array_agg(4::smallint) AS states
    FROM cancelled GROUP BY 1
  ) AS changed ON changed.batch = counted.batch
), unnamed AS (
  UPDATE deliveries AS made SET data = (data::jsonb || '{"ref": ""}')::json
  FROM still
  WHERE made.kind = 2 AND made.data ->> 'job' = still.id::text
), told AS (
  INSERT INTO deliveries (webhook, kind, data)
  SELECT hook, 2, (job_data(batch_of(cancelled.id), cancelled.id, 4::smallint, NULL, cancelled.attempt)::jsonb
         || '{"ref": ""}')::json
  FROM cancelled, hearers(batch_of(cancelled.id), true) AS hook
)
SELECT (SELECT count(*) FROM still)::integer AS erased,
       (SELECT count(*) FROM found WHERE state = 1)::integer AS running,
       (SELECT count(*) FROM cancelled)::integer AS cancelled
