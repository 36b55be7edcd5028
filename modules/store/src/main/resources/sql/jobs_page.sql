-- A batch's jobs behind a cursor, with their last ended attempt; $3 leaves all but one state out, $5 all but those whose
-- reason has this text in it, $6 all but those whose ref begins so.
SELECT job.id, job.state, job.attempt, job.strikes, job.session, job.server, specs.ref,
       octet_length(specs.spec) = 0 AS erased,
       last.ending, last.outcome, last.reason, last.result, last.claimed_at, last.ended_at, last.node, last.waited_ms,
       last.ran_ms, last.server_load, last.server_slots, last.server AS ran_on, last.session AS ran_under,
       last.origin_job, last.origin_attempt
FROM jobs AS job
JOIN job_specs AS specs ON specs.job = job.id
LEFT JOIN attempts AS last ON last.job = job.id AND last.number = job.attempt
WHERE job.id > $1 AND job.id <= $2
  AND ($3::smallint IS NULL OR job.state = $3)
  AND ($5::text IS NULL OR strpos(last.reason, $5) > 0)
  AND ($6::text IS NULL OR starts_with(specs.ref, $6))
ORDER BY job.id
LIMIT $4
