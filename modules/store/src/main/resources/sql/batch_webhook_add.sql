INSERT INTO batch_webhooks (batch, webhook, of_jobs) VALUES ($1, $2, $3)
