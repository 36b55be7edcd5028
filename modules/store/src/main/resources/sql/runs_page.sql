-- The runs of a stretch of ids, newest first; what is null does not matter.
SELECT run, waited_ms, took_ms, state, status, server_load, server_slots, request, tenant, lane, language, node, outcome,
       doubt, servers
FROM runs
WHERE run >= first_id($1) AND run < least(first_id($2), coalesce($3::uuid, first_id($2)))
  AND ($4::text IS NULL OR request = $4)
  AND ($5::text IS NULL OR tenant = $5)
  AND ($6::text IS NULL OR lane = $6)
  AND ($7::text IS NULL OR $7 = ANY (servers))
  AND ($8::text IS NULL OR outcome = $8)
  AND ($9::smallint IS NULL OR state = $9)
ORDER BY run DESC
LIMIT $10
