-- The secret before is good for $3 milliseconds more.
UPDATE webhooks
SET old_secret = secret, old_secret_until = clock_timestamp() + $3 * interval '1 millisecond', secret = $2
WHERE id = $1
RETURNING id
