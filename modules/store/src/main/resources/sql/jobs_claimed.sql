-- Which of these jobs run under this session: what a claim did whose answer was lost on the way.
SELECT job.id, job.attempt, job.strikes
FROM unnest($2::uuid[]) AS asked (id) JOIN jobs AS job ON job.id = asked.id
WHERE job.state = 1 AND job.session = $1
