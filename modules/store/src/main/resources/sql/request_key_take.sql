-- Takes a key, for a batch or ($4 null) for anything else, unless it stands for one already; one that is older than a day stands for nothing. Whoever
-- comes second waits here until the first has committed or failed. Answers a row if it was taken.
INSERT INTO request_keys AS known (tenant, key, digest, batch)
VALUES ($1, $2, $3, $4)
ON CONFLICT (tenant, key) DO UPDATE
SET digest = excluded.digest, batch = excluded.batch, answer = NULL, status = NULL, created_at = clock_timestamp()
WHERE known.created_at < clock_timestamp() - interval '24 hours'
RETURNING key
