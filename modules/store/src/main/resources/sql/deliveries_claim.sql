-- What is due, if the lease of whoever delivers still holds: of each endpoint as many as $3 and $4 say, $5 of one that they
-- do not name, $6 in all, and then of every endpoint the first before anybody's second. Due again after a minute, should
-- the deliverer vanish with it. now() and not clock_timestamp(): only what is stable bounds an index.
WITH ranked AS (
  SELECT due.id, hook.most, row_number() OVER (PARTITION BY hook.endpoint ORDER BY due.due_at) AS place
  FROM (
    SELECT id, endpoint, coalesce(known.most, $5) AS most
    FROM (SELECT id, lower(split_part(split_part(url, '/', 3), '?', 1)) AS endpoint
          FROM webhooks WHERE disabled_at IS NULL) AS enabled
    LEFT JOIN unnest($3::text[], $4::integer[]) AS known (endpoint, most) USING (endpoint)
  ) AS hook, LATERAL (
    SELECT id, due_at FROM deliveries
    WHERE webhook = hook.id AND state = 0 AND due_at <= now()
    ORDER BY due_at
    LIMIT hook.most
  ) AS due
  WHERE EXISTS (SELECT FROM leases WHERE name = $1 AND fence = $2 AND lives_until > clock_timestamp())
), taken AS (
  SELECT id FROM ranked WHERE place <= most ORDER BY place LIMIT $6
)
UPDATE deliveries AS delivery
SET tries = delivery.tries + 1, due_at = now() + interval '1 minute'
FROM taken, webhooks AS hook
WHERE delivery.id = taken.id AND hook.id = delivery.webhook
RETURNING delivery.id, delivery.webhook, delivery.kind, delivery.data::text AS data, delivery.made_at, delivery.tries,
          hook.url, hook.secret,
          CASE WHEN hook.old_secret_until > now() THEN hook.old_secret END AS old_secret
