-- The events of a batch behind a cursor: for each session the last number that was seen, 0 for those not named.
SELECT event.*
FROM progress AS writer
LEFT JOIN unnest($2::bigint[], $3::bigint[]) AS seen (session, number) ON seen.session = writer.session
JOIN events AS event
  ON event.batch = writer.batch AND event.session = writer.session AND event.number > coalesce(seen.number, 0)
WHERE writer.batch = $1
ORDER BY event.at, event.session, event.number
LIMIT $4
