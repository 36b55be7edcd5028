-- The next jobs of a batch that wait, behind a cursor: by primary key, for there is no index on state.
SELECT job.id, job.language, job.cost_ms, job.attempt, job.strikes, job.server, specs.spec
FROM jobs AS job JOIN job_specs AS specs ON specs.job = job.id
WHERE job.id > $1 AND job.id <= $2 AND job.state = 0
ORDER BY job.id
LIMIT $3
