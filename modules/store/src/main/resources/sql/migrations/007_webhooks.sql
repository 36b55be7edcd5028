-- Webhooks, and what is to be delivered to them: rows that are written in the statement that ends a batch or a job, so
-- that what has ended is told, whatever dies then.

CREATE TABLE webhooks (
  id uuid PRIMARY KEY,
  tenant text NOT NULL,
  url text NOT NULL,
  secret text NOT NULL, -- as it was shown: to sign with it, it can't be kept as a digest
  old_secret text, -- before the last rotation; also signed with until
  old_secret_until timestamptz,
  of_batches boolean NOT NULL, -- of all of the tenant's
  of_jobs boolean NOT NULL, -- likewise
  only_batch uuid, -- that it was made for
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  disabled_at timestamptz -- it answered 410
);

CREATE INDEX webhooks_of_tenant ON webhooks (tenant, id);

-- Batches that name a webhook themselves. No foreign keys: whoever ends a job must not fail because of them.
CREATE TABLE batch_webhooks (
  batch uuid NOT NULL,
  webhook uuid NOT NULL,
  of_jobs boolean NOT NULL,
  PRIMARY KEY (batch, webhook)
);

CREATE TABLE deliveries (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  webhook uuid NOT NULL,
  kind smallint NOT NULL, -- 1 batch.ended, 2 job.ended
  data json NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  state smallint NOT NULL DEFAULT 0, -- 0 waiting, 1 delivered, 2 dead
  tries integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  until timestamptz NOT NULL DEFAULT clock_timestamp() + interval '24 hours',
  status integer NOT NULL DEFAULT 0, -- of the last answer
  reason text NOT NULL DEFAULT ''
);

CREATE INDEX deliveries_due ON deliveries (webhook, due_at) WHERE state = 0;
CREATE INDEX deliveries_of_webhook ON deliveries (webhook, made_at, id);
CREATE INDEX deliveries_made ON deliveries (made_at);

-- The webhooks that are to hear of the end of a batch, or of each of its jobs.
CREATE FUNCTION hearers(of_batch uuid, jobs boolean) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
  SELECT hook.id
  FROM batches AS batch JOIN webhooks AS hook ON hook.tenant = batch.tenant
  WHERE batch.id = of_batch
    AND hook.disabled_at IS NULL
    AND CASE WHEN jobs THEN hook.of_jobs ELSE hook.of_batches END
  UNION
  SELECT hook.id
  FROM batch_webhooks AS named JOIN webhooks AS hook ON hook.id = named.webhook
  WHERE named.batch = of_batch
    AND hook.disabled_at IS NULL
    AND (named.of_jobs OR NOT jobs)
$$;

-- What is told of a batch that ends now.
CREATE FUNCTION batch_data(of_batch uuid) RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'batch', batch.id, 'name', batch.name, 'cancelled', batch.cancelled_at IS NOT NULL, 'total', batch.total,
    'finished', counted.finished, 'dead', counted.dead, 'cancelledJobs', counted.cancelled)
  FROM batches AS batch, LATERAL (
    SELECT coalesce(sum(finished), 0) AS finished, coalesce(sum(dead), 0) AS dead,
           coalesce(sum(cancelled), 0) AS cancelled
    FROM progress WHERE progress.batch = batch.id
  ) AS counted
  WHERE batch.id = of_batch
$$;

-- What is told of a job that ends now.
CREATE FUNCTION job_data(of_batch uuid, of_job uuid, state smallint, outcome smallint, attempts smallint)
RETURNS json LANGUAGE sql STABLE AS $$
  SELECT json_build_object(
    'batch', of_batch, 'job', of_job, 'ref', (SELECT ref FROM job_specs WHERE job_specs.job = of_job),
    'state', CASE state WHEN 2 THEN 'finished' WHEN 3 THEN 'dead' ELSE 'cancelled' END,
    'outcome', CASE state WHEN 2 THEN outcome END, 'attempts', attempts)
$$;
