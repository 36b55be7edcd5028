-- Which of these attempts have ended under this very claim, other than by a rescue: what tells a finish that was sent
-- twice from one that comes too late.
SELECT given.id, job.state
FROM unnest($1::uuid[], $2::smallint[], $3::bigint[]) AS given (id, attempt, session)
JOIN attempts AS stored ON stored.job = given.id AND stored.number = given.attempt
JOIN jobs AS job ON job.id = given.id
WHERE stored.session = given.session AND stored.ending <> 4
