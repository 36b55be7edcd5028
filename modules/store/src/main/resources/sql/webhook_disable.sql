-- It wants nothing more: what still waits for it is dead.
WITH disabled AS (
  UPDATE webhooks SET disabled_at = clock_timestamp() WHERE id = $1 AND disabled_at IS NULL
)
UPDATE deliveries SET state = 2, reason = 'the webhook has answered 410' WHERE webhook = $1 AND state = 0
