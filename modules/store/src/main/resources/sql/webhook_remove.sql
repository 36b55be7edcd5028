-- Takes a webhook away, with all that was to be delivered to it.
WITH removed AS (
  DELETE FROM webhooks WHERE id = $1 RETURNING id
), unnamed AS (
  DELETE FROM batch_webhooks WHERE webhook = $1
), undelivered AS (
  DELETE FROM deliveries WHERE webhook = $1
)
SELECT id FROM removed
