-- What is due, a few of each webhook, if the lease of whoever delivers still holds. Due again after a minute, should the
-- deliverer vanish with it. now() and not clock_timestamp(): only what is stable bounds an index.
WITH taken AS (
  SELECT due.id
  FROM webhooks AS hook, LATERAL (
    SELECT id FROM deliveries
    WHERE webhook = hook.id AND state = 0 AND due_at <= now()
    ORDER BY due_at
    LIMIT $4
  ) AS due
  WHERE hook.disabled_at IS NULL
    AND NOT hook.id = ANY ($3::uuid[])
    AND EXISTS (SELECT FROM leases WHERE name = $1 AND fence = $2 AND lives_until > clock_timestamp())
  LIMIT 200
)
UPDATE deliveries AS delivery
SET tries = delivery.tries + 1, due_at = now() + interval '1 minute'
FROM taken, webhooks AS hook
WHERE delivery.id = taken.id AND hook.id = delivery.webhook
RETURNING delivery.id, delivery.webhook, delivery.kind, delivery.data::text AS data, delivery.made_at, delivery.tries,
          hook.url, hook.secret,
          CASE WHEN hook.old_secret_until > now() THEN hook.old_secret END AS old_secret
