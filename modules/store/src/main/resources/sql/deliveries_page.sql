-- Of one webhook, newest first, behind a cursor; $2 leaves all but one state out.
SELECT id, webhook, kind, data::text AS data, made_at, state, tries, due_at, status, reason
FROM deliveries
WHERE webhook = $1
  AND ($2::smallint IS NULL OR state = $2)
  AND ($3::uuid IS NULL OR (made_at, id) < (SELECT made_at, id FROM deliveries WHERE id = $3))
ORDER BY made_at DESC, id DESC
LIMIT $4
