-- Of one tenant or (null) of all, behind a cursor.
SELECT * FROM webhooks
WHERE ($1::text IS NULL OR tenant = $1) AND id > $2
ORDER BY id
LIMIT $3
