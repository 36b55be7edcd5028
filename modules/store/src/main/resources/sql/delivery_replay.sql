-- Lets one that is over be tried anew, for a day.
UPDATE deliveries
SET state = 0, due_at = clock_timestamp(), until = clock_timestamp() + interval '24 hours'
WHERE id = $2 AND webhook = $1 AND state <> 0
RETURNING id
