INSERT INTO webhooks (id, tenant, url, secret, of_batches, of_jobs, only_batch)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING *
