-- A batch's jobs behind a cursor, with their last ended attempt: at most $4 of them, and only as many as have results of
-- together $5 bytes, but always the first. $3 leaves all but one state out; without $6 no results are read at all.
WITH page AS MATERIALIZED (
  SELECT job.id, job.state, job.attempt, job.strikes, job.session, job.server
  FROM jobs AS job
  WHERE job.id > $1 AND job.id <= $2 AND ($3::smallint IS NULL OR job.state = $3)
  ORDER BY job.id
  LIMIT $4
), weighed AS (
  SELECT page.*, specs.ref, octet_length(specs.spec) = 0 AS erased,
         last.ending, last.outcome, last.reason, last.claimed_at, last.ended_at, last.node, last.waited_ms, last.ran_ms,
         last.server_load, last.server_slots, last.server AS ran_on, last.session AS ran_under, last.origin_job,
         last.origin_attempt,
         CASE WHEN $6::boolean THEN last.result END AS result,
         coalesce(sum(CASE WHEN $6 THEN octet_length(last.result) END) OVER (
           ORDER BY page.id ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS before
  FROM page
  JOIN job_specs AS specs ON specs.job = page.id
  LEFT JOIN attempts AS last ON last.job = page.id AND last.number = page.attempt
)
SELECT * FROM weighed WHERE before < $5::bigint ORDER BY id
