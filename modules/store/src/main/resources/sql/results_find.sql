SELECT known.digest, known.job, known.attempt, kept.server, kept.result
FROM unnest($1::bytea[]) AS asked (digest)
JOIN results AS known ON known.digest = asked.digest
JOIN attempts AS kept ON kept.job = known.job AND kept.number = known.attempt
WHERE kept.ending = 1 AND kept.result IS NOT NULL
